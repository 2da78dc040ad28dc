"""The parts of the state: each a frozen dataclass whose fields say how they are treated."""
