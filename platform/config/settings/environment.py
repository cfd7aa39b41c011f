"""The environment, read by one typed reader."""

from environs import Env

env = Env()
