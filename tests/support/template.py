"""Ways through the packaged template."""


def of_type(resources, kind):
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == kind
    }


def dead_letter_queues(resources):
    return {name for name in of_type(resources, "AWS::SQS::Queue") if name.endswith("DeadLetters")}


def statements(resources):
    """Of every role, as they are on AWS."""
    for name, role in of_type(resources, "AWS::IAM::Role").items():
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield name, statement["Fn::If"][2] if "Fn::If" in statement else statement


def listed(value):
    return value if isinstance(value, list) else [value]
