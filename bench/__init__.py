"""What Trellis costs: processor time of its pages, speed of imports and exports, waits of writers. `make bench`."""
