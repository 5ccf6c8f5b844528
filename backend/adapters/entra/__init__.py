"""Entra ID: who this server is towards the services of Azure."""
