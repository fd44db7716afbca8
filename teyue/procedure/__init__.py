"""The written procedure 《业主特约服务策划与提供控制程序》, stage by stage."""
