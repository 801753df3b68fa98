"""What a person may do: may_*(user, …) answers None for yes, or a Refused with a stable code."""
