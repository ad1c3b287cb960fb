"""What is learned of an old site's parameters: which name an article, in bounded memory."""

from bulaq.intake.naming_parameters import MOST_PARAMETERS, NamingParameters


def test_the_parameter_whose_values_do_not_return_names_the_article() -> None:
    learned = NamingParameters()
    for number in range(10):
        learned.observe(number, "/details.php", [("kalam", str(number)), ("lang", "ar")])
    assert learned.names("/details.php", "kalam") is True
    assert learned.names("/details.php", "lang") is False
    assert learned.names("/other.php", "kalam") is None


def test_names_that_are_made_up_for_each_address_fill_no_memory() -> None:
    learned = NamingParameters()
    for number in range(3 * MOST_PARAMETERS):
        learned.observe(
            number, "/thread", [(f"{number}-title", ""), ("id", str(number)), (f"n{number}", "1")]
        )
    assert learned.names("/thread", "id") is True
    (program,) = learned._programs.values()
    assert len(program) <= MOST_PARAMETERS
