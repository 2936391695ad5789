"""The way in: passwords, second factors, single sign-on, invitations, limits of sessions.

allauth and axes do the work; what stands here is our choice where they leave one.
"""
