"""Scaffold: new files for editors to fill in. Nothing that there is already is ever written over."""
