"""Places, the organisations that use Trellis, and who belongs to them."""
