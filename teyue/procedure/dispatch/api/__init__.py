"""The endpoints of dispatch: visits, and emergencies before payment."""
