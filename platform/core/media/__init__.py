"""Uploaded pictures: judged by content, drawn again without their metadata, served while a module shows them."""
