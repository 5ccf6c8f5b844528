"""Entra ID: who this server is toward the services of Azure."""
