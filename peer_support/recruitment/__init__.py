"""How people find the peer support: recruiting, enquiries, and the consents behind the stories."""
