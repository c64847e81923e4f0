"""How people find their way in: guidance, plain language, recruitment, and enquiries."""
