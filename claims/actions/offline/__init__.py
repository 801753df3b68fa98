"""What goes into a dossier as it is: the verifier, which must run anywhere, alone."""
