"""What the desk's templates may call."""
