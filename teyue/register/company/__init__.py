"""公司与管理处 Company, offices and departments: where a paper belongs."""
