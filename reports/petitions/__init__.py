"""What communes ask for, carried to a competent body and back to the commune."""
