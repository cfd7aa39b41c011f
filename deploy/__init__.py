"""What a machine needs to run Beffroi: embedded servers for the demo and the tests, and what production takes."""
