"""The mairie's own pages of its subscription: /mairie/abonnement/…"""
