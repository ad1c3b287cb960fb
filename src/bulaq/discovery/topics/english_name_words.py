"""The words by which names are known in English news: titles, given names, heads of organisations and places.

Written from knowledge of the language; `english_names` compares them in small letters.
"""

from __future__ import annotations

from typing import Final

_TITLES = """
actor actress ambassador archbishop author bishop captain chairman chairwoman chancellor chief coach colonel
commander congressman congresswoman deputy director dr emir envoy foreign former general governor historian
imam judge justice king lady lieutenant lord major mayor minister miss mr mrs ms novelist poet pope
president prime prince princess professor queen rabbi secretary senator sheikh singer sir spokesman
spokesperson spokeswoman vice
"""
TITLES: Final = frozenset(_TITLES.split())

_GIVEN = """
aaron abbas abdel abdelfattah abdul abdullah adam adel ahlam ahmad ahmed aisha al-sayyid albert alexander
ali alice amal amanda amr amy andrew angela ann anna anne anthony antonio anwar ariel arthur ashley ashraf
asmahan ayman bandar barack barbara bashar bassem benazir benjamin bilal bill boris brandon brenda brian
carl carlos carol carolyn catherine charles christina christine christopher cristiano cynthia daniel david
deborah dennis diane diego dina dmitry donald donna edward ehud elizabeth elon emily emma emmanuel eric
ethan evelyn fahd fairuz faisal fares farouk fatima fernando fidel francois frank fuad gamal gary george
ghassan giorgia gregory haidar hamad hamza hani harold haroun hassan heather helen henry hillary hind hisham
huda hugo hussein ibrahim igor imad iman imran ismail issa ivan jaafar jack jacob jacques jamal james jane
janet jason jean jeff jeffrey jennifer jeremy jerry jessica jim joan joe john jonathan jose joseph joshua
joyce juan judith julie justin kamal kamala karen karim katherine kathleen keith kelly kenneth kevin khadija
khaled khalid khalifa kim kimberly kofi kyle larry laura lauren lawrence layla leila linda lionel lisa luis
mahmoud mahmud majid malik mansour margaret maria mariam mark marwan mary matthew megan melissa michael
michelle mike mikhail mohamed mohammad mohammed mona muhammad murad musa mustafa nabil nadia naguib nancy
narendra nasser nathan nawal nayef nelson neymar nicholas nicolas nicole nizar noor nur olaf olivia omar
osama othman pamela patricia patrick paul pedro peter pierre rachel rami ramy rana rashad rashid raymond
rebecca recep reda reem riad richard robert roger ronald ruth ryan saad saddam said salah saleh salma salman
samantha sami samih samir samira samuel sandra sarah sayed sayyid scott sean sergei sergey sharif sharon
shirley silvio stephanie stephen steven suad sulaiman suleiman sultan susan taha tamim tarek tariq theresa
thomas tim timothy tom tony turki tyler umm ursula victoria viktor virginia vladimir volodymyr wael walid
walter william willie xi yahya yasser yitzhak younis youssef yusra yusuf zachary zainab zayed ziad
"""
GIVEN: Final = frozenset(_GIVEN.split())

_ORGANISATION_HEADS = """
academy agency airlines airways army association authority bank board brigade brigades bureau cabinet
chamber club college commission committee company congress corporation council court cup department fc
federation force forces foundation front fund group guard hospital house inc institute league library ltd
ministry movement museum nations navy network news newspaper office orchestra organisation organization
parliament party police post press radio school senate society television theater theatre times union
university
"""
ORGANISATION_HEADS: Final = frozenset(_ORGANISATION_HEADS.split())

_PLACE_HEADS = """
bay canal cape city coast county desert district governorate gulf island islands lake mount mountain
mountains oasis ocean peninsula plateau port province region river sea square state strait straits street
valley
"""
PLACE_HEADS: Final = frozenset(_PLACE_HEADS.split())

_PLACES = """
aden afghanistan africa albania aleppo alexandria algeria algiers america amman ankara antarctica argentina
armenia asia athens australia austria azerbaijan baghdad bahrain bangladesh barcelona basra beijing beirut
belarus belgium benghazi berlin bolivia bosnia boston brazil britain brussels bulgaria cairo cambodia
cameroon canada casablanca chad chicago chile china colombia congo cordoba croatia cuba cyprus damascus
dammam delhi denmark djibouti doha dubai egypt england eritrea estonia ethiopia europe fez finland florence
france gaza geneva georgia germany ghana granada greece hebron homs hungary iceland india indonesia iran
iraq ireland isfahan islamabad israel istanbul italy japan jeddah jerusalem jordan kabul karachi kazakhstan
kenya khartoum kosovo kuwait kyiv kyrgyzstan lagos latvia lebanon libya lisbon lithuania london madrid
makkah malaysia mali malta manama marrakech marrakesh mauritania mecca medina mexico mogadishu moldova
mongolia montenegro morocco moscow mosul mozambique mumbai muscat myanmar nablus nairobi nepal netherlands
niger nigeria norway nouakchott oman omdurman oran pakistan palestine panama paris peru philippines poland
portugal qatar rabat ramallah riyadh romania rome russia rwanda sanaa scotland senegal seoul serbia seville
shanghai sharjah singapore slovakia slovenia somalia spain sudan sweden switzerland sydney syria taiwan
tajikistan tangier tanzania tehran thailand tokyo tripoli tunis tunisia turkey turkmenistan uganda ukraine
uruguay uzbekistan venezuela venice vienna vietnam wales washington yemen york zambia zimbabwe
"""
PLACES: Final = frozenset(_PLACES.split())

_TWO_WORD_PLACES = """
abu dhabi|burkina faso|costa rica|czech republic|el salvador|hong kong|ivory coast|khan younis|latin america
los angeles|middle east|new delhi|new york|new zealand|north africa|north korea|san francisco|saudi arabia
sierra leone|south africa|south korea|south sudan|sri lanka|tel aviv|united arab emirates|united kingdom
united states|west bank
"""
TWO_WORD_PLACES: Final = frozenset(_TWO_WORD_PLACES.strip().replace("\n", "|").split("|"))

_NO_NAMES = """
april arab arabic arabs august christian christians december english february french friday german god i i'm
i've internet islam islamic january jewish jews july june march may monday muslim muslims november october
ramadan saturday september spanish sunday thursday tuesday wednesday
"""
NO_NAMES: Final = frozenset(_NO_NAMES.split())

_ORGANISATIONS = """
airbus al-jazeera amazon apple aramco barclays boeing bloomberg facebook fifa google hamas hezbollah huawei instagram intel interpol
microsoft nasa netflix opec pfizer reuters samsung sony taliban tesla toyota twitter uefa unesco unicef volkswagen whatsapp youtube
"""
ORGANISATIONS: Final = frozenset(_ORGANISATIONS.split())
