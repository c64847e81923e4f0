"""Page types as mixins: what a page is, without saying which base page it stands on."""
