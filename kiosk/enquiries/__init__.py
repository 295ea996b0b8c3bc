"""First-asked responsibility (clause 4): 首问责任制, and the one-time notice 一次告知."""
