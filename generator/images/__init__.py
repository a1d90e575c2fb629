"""Share images: a claim, its verdict and what it rests on, as a picture. A pure function from a value to PNG bytes."""
