"""Decision models of DMN 1.3 to 1.5 <-> rulebooks."""
