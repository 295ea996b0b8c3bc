"""House property goes out on a pass only: asked, approved by a tap, compared at the gate, once."""
