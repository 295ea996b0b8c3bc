"""Telephone messages for people of the house (clause 65): 代接、记录、传达."""
