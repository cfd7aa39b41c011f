"""What the demo shows: three real communes, invented news, nobody real."""
