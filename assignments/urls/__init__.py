"""Addresses of the app's pages, one module for each part of the site."""
