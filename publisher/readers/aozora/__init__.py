"""Reading the notation of Aozora Bunko, in which Japanese volunteers type books."""
