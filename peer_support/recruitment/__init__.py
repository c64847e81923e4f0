"""How people find the peer support: guidance, recruiting, enquiries, and the consents behind the stories."""
