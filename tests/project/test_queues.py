"""The queues of what goes out, and who takes from them."""

import pytest

pytestmark = pytest.mark.slow

# With the function that each of them feeds.
QUEUES = {"MailQueue": "SendMail", "Deliveries": "Deliver"}


@pytest.mark.parametrize(("queue", "consumer"), QUEUES.items())
def test_a_queue_waits_six_times_as_long_as_its_consumer(resources, queue, consumer):
    timeout = resources[consumer]["Properties"]["Timeout"]
    assert resources[queue]["Properties"]["VisibilityTimeout"] >= 6 * timeout


@pytest.mark.parametrize("name", QUEUES)
def test_a_message_is_tried_for_days_and_set_aside_before_it_expires(resources, name):
    queue = resources[name]["Properties"]
    receives = queue["RedrivePolicy"]["maxReceiveCount"]
    tried = receives * queue["VisibilityTimeout"]
    assert tried >= 4 * 24 * 3600
    # A receive may come late, and what is set aside keeps the day on which it was queued.
    assert 2 * tried <= queue["MessageRetentionPeriod"]
    dead = queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
    assert resources[dead]["Properties"]["MessageRetentionPeriod"] >= tried + 7 * 24 * 3600


def test_a_delivery_that_fails_here_has_an_alarm_under_the_name_of_who_makes_it(
    resources, functions
):
    alarm = resources["DeliveryFailures"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Heed", "DeliveryFailed")
    service = functions["Deliver"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]
    assert alarm["Dimensions"] == [{"Name": "service", "Value": service}]


def test_this_machine_may_be_called_on_the_emulator_alone(functions):
    told = {
        name: function["Environment"]["Variables"]["HEED_CALLS_LOOPBACK"]
        for name, function in functions.items()
        if "HEED_CALLS_LOOPBACK" in function["Environment"]["Variables"]
    }
    assert "Deliver" in told
    assert all(value == {"Ref": "Emulator"} for value in told.values())
