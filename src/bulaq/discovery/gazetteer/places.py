"""The countries of the world (the members and observers of the United Nations, Kosovo and Taiwan) with their capitals, by
their names in Arabic, English and French, and some cities that news names as often.

A line: Arabic names of the country | names in Latin letters | Arabic names of the capital | names in Latin letters; of those
that news in Arabic speaks of oftener than by name also | ISO 3166 code | adjectives | other seats and names that speak of the
country (`countries`). Names are parted by commas, the usual one first. `*` stands before a name that is also a person's («Jordan»), another word or another
place («سيول», «عمان»).
"""

from __future__ import annotations

from typing import Final

COUNTRIES: Final = """
السعودية,المملكة العربية السعودية|Saudi Arabia,KSA,Arabie saoudite,Saudi|الرياض|Riyadh,Riyad|SA|سعودي|
مصر|Egypt,Égypte|القاهرة|Cairo,Le Caire|EG|مصري|
الإمارات,الإمارات العربية المتحدة|United Arab Emirates,UAE,Emirates,Émirats arabes unis,Émirats|أبوظبي,أبو ظبي|Abu Dhabi,Abou Dabi|AE|إماراتي|
قطر|Qatar|الدوحة|Doha|QA|قطري|
الكويت|Kuwait,Koweït|الكويت|Kuwait City|KW|كويتي|
البحرين|Bahrain,Bahreïn|المنامة|Manama|BH|بحريني|
*عمان,سلطنة عمان|Oman|مسقط|Muscat,Mascate|OM|عماني|
اليمن|Yemen,Yémen|صنعاء|Sanaa,Sana'a|YE|يمني,حوثي|عدن
العراق|Iraq,Irak|بغداد|Baghdad,Bagdad|IQ|عراقي|
سوريا,سورية|Syria,Syrie|دمشق|Damascus,Damas|SY|سوري|
لبنان|Lebanon,Liban|بيروت|Beirut,Beyrouth|LB|لبناني|
الأردن|*Jordan,Jordanie|*عمان|Amman|JO|أردني|
فلسطين|Palestine|القدس|Jerusalem,Jérusalem,Al-Quds|PS|فلسطيني,غزي|غزة,رام الله
إسرائيل|Israel,Israël|تل أبيب|Tel Aviv|IL|إسرائيلي|
إيران|Iran|طهران|Tehran,Téhéran|IR|إيراني|
تركيا|Turkey,Türkiye,Turquie|أنقرة|Ankara|TR|تركي|إسطنبول,اسطنبول
ليبيا|Libya,Libye|طرابلس|Tripoli|LY|ليبي|بنغازي
تونس|Tunisia,Tunisie|تونس|Tunis|TN|تونسي|
الجزائر|Algeria,Algérie|الجزائر|Algiers,Alger|DZ|جزائري|
المغرب|Morocco,Maroc|الرباط|Rabat|MA|مغربي|
موريتانيا|Mauritania,Mauritanie|نواكشوط|Nouakchott|MR|موريتاني|
السودان|Sudan,Soudan|الخرطوم|Khartoum|SD|سوداني|
جنوب السودان|South Sudan,Soudan du Sud|جوبا|Juba,Djouba|SS||
الصومال|Somalia,Somalie|مقديشو|Mogadishu,Mogadiscio|SO|صومالي|
جيبوتي|Djibouti|جيبوتي|Djibouti City|DJ|جيبوتي|
جزر القمر|Comoros,Comores|موروني|Moroni
إثيوبيا,أثيوبيا|Ethiopia,Éthiopie|أديس أبابا|Addis Ababa,Addis-Abeba|ET|إثيوبي|
إريتريا,أريتريا|Eritrea,Érythrée|أسمرة|Asmara|ER|إريتري|
كينيا|Kenya|نيروبي|Nairobi|KE|كيني|
أوغندا|Uganda,Ouganda|كمبالا|Kampala|UG|أوغندي|
تنزانيا|Tanzania,Tanzanie|دودوما|Dodoma
رواندا|Rwanda|كيغالي|Kigali|RW|رواندي|
بوروندي|Burundi|غيتيغا,جيتيغا|Gitega
الكونغو الديمقراطية,جمهورية الكونغو الديمقراطية|DR Congo,DRC,Democratic Republic of the Congo,RDC|كينشاسا|Kinshasa|CD|كونغولي|الكونغو
الكونغو|Congo|برازافيل|Brazzaville
أفريقيا الوسطى,إفريقيا الوسطى|Central African Republic,Centrafrique|بانغي|Bangui
تشاد|*Chad,Tchad|إنجامينا,نجامينا|N'Djamena|TD|تشادي|
النيجر|Niger|نيامي|Niamey|NE|نيجري|
نيجيريا|Nigeria|أبوجا|Abuja|NG|نيجيري|
*مالي|Mali|باماكو|Bamako
بوركينا فاسو|Burkina Faso|واغادوغو|Ouagadougou
السنغال|Senegal,Sénégal|داكار|Dakar|SN|سنغالي|
غامبيا|Gambia,Gambie|بانجول|Banjul
غينيا|Guinea,Guinée|كوناكري|Conakry
غينيا بيساو|Guinea-Bissau,Guinée-Bissau|بيساو|Bissau
غينيا الاستوائية|Equatorial Guinea,Guinée équatoriale|مالابو|Malabo
سيراليون|Sierra Leone|فريتاون|Freetown
ليبيريا|Liberia|مونروفيا|Monrovia
ساحل العاج,كوت ديفوار|Ivory Coast,Côte d'Ivoire|ياموسوكرو|Yamoussoukro
غانا|Ghana|أكرا|Accra
توغو|Togo|لومي|Lomé
*بنين|Benin,Bénin|بورتو نوفو|Porto-Novo
الكاميرون|Cameroon,Cameroun|ياوندي|Yaoundé
الغابون,الجابون|Gabon|ليبرفيل|Libreville
ساو تومي وبرينسيب|São Tomé and Príncipe|ساو تومي|São Tomé
الرأس الأخضر|Cape Verde,Cabo Verde,Cap-Vert|*برايا|Praia
أنغولا|Angola|لواندا|Luanda
زامبيا|Zambia,Zambie|لوساكا|Lusaka
زيمبابوي|Zimbabwe|هراري|Harare
مالاوي,ملاوي|Malawi|ليلونغوي|Lilongwe
موزمبيق|Mozambique|مابوتو|Maputo
مدغشقر|Madagascar|أنتاناناريفو|Antananarivo
موريشيوس|Mauritius,Maurice|بورت لويس|Port Louis
سيشل,سيشيل|Seychelles|فيكتوريا|*Victoria
ناميبيا|Namibia,Namibie|ويندهوك|Windhoek
بوتسوانا|Botswana|غابورون|Gaborone
ليسوتو|Lesotho|ماسيرو|Maseru
إسواتيني,سوازيلاند|Eswatini,Swaziland|مبابان|Mbabane
جنوب أفريقيا,جنوب إفريقيا|South Africa,Afrique du Sud|بريتوريا|Pretoria|ZA||
الولايات المتحدة,أميركا,أمريكا,الولايات المتحدة الأميركية,الولايات المتحدة الأمريكية|United States,USA,US,America,États-Unis,Amérique|واشنطن|Washington|US|أمريكي,أميركي|البنتاغون,البيت الأبيض
كندا|Canada|أوتاوا|Ottawa|CA|كندي|
المكسيك|Mexico,Mexique|مكسيكو سيتي,مكسيكو|Mexico City|MX|مكسيكي|
غواتيمالا|Guatemala|غواتيمالا سيتي|Guatemala City
*بليز|Belize|بلموبان|Belmopan
السلفادور|El Salvador,Salvador|سان سلفادور|San Salvador
هندوراس|Honduras|تيغوسيغالبا|Tegucigalpa
نيكاراغوا|Nicaragua|ماناغوا|Managua
كوستاريكا|Costa Rica|سان خوسيه|San José
بنما|Panama|بنما سيتي|Panama City
كوبا|Cuba|هافانا|Havana,La Havane|CU|كوبي|
هايتي|Haiti,Haïti|بورت أو برانس|Port-au-Prince
الدومينيكان,جمهورية الدومينيكان|Dominican Republic,République dominicaine|سانتو دومينغو|Santo Domingo
جامايكا|Jamaica,Jamaïque|كينغستون|*Kingston
الباهاماس,جزر البهاما|Bahamas|ناساو|Nassau
باربادوس|Barbados,Barbade|بريدجتاون|Bridgetown
ترينيداد وتوباغو|Trinidad and Tobago|بورت أوف سبين|Port of Spain
غرينادا|Grenada,Grenade|سانت جورجز|St. George's
دومينيكا|Dominica,Dominique|*روسو|Roseau
سانت لوسيا|Saint Lucia,Sainte-Lucie|كاستريس|Castries
سانت فنسنت والغرينادين,سانت فنسنت|Saint Vincent and the Grenadines|كينغستاون|Kingstown
سانت كيتس ونيفيس|Saint Kitts and Nevis|باستير|Basseterre
أنتيغوا وباربودا|Antigua and Barbuda|سانت جونز|St. John's
البرازيل|Brazil,Brésil|برازيليا|Brasília|BR|برازيلي|
الأرجنتين|Argentina,Argentine|بوينس آيرس,بوينس أيرس|Buenos Aires|AR|أرجنتيني|
فنزويلا|Venezuela|كراكاس|Caracas|VE|فنزويلي|
كولومبيا|Colombia,Colombie|بوغوتا|Bogotá|CO|كولومبي|
الإكوادور|Ecuador,Équateur|*كيتو|Quito
بيرو|Peru,Pérou|ليما|*Lima|PE||
بوليفيا|Bolivia,Bolivie|لاباز|La Paz
تشيلي,شيلي|Chile,Chili|سانتياغو|*Santiago|CL|تشيلي|
باراغواي|Paraguay|أسونسيون|Asunción
أوروغواي|Uruguay|مونتيفيديو|Montevideo
غيانا,غويانا|Guyana|جورج تاون|Georgetown
سورينام|Suriname|باراماريبو|Paramaribo
بريطانيا,المملكة المتحدة|United Kingdom,UK,Britain,Great Britain,Royaume-Uni,Grande-Bretagne|لندن|London,Londres|GB|بريطاني,إنجليزي|إنجلترا
أيرلندا,إيرلندا|Ireland,Irlande|دبلن|Dublin|IE|أيرلندي,إيرلندي|
فرنسا|France|باريس|Paris|FR|فرنسي|الإليزيه
ألمانيا|Germany,Allemagne,Deutschland|برلين|Berlin|DE|ألماني|
إيطاليا|Italy,Italie|روما|Rome|IT|إيطالي|
إسبانيا,أسبانيا|Spain,Espagne|مدريد|Madrid|ES|إسباني,أسباني|
البرتغال|Portugal|لشبونة|Lisbon,Lisbonne|PT|برتغالي|
هولندا|Netherlands,Holland,Pays-Bas|أمستردام|Amsterdam|NL|هولندي|
بلجيكا|Belgium,Belgique|بروكسل|Brussels,Bruxelles|BE|بلجيكي|
لوكسمبورغ|Luxembourg|لوكسمبورغ|Luxembourg City
سويسرا|Switzerland,Suisse|*برن|Bern,Berne|CH|سويسري|جنيف
النمسا|Austria,Autriche|فيينا|Vienna,Vienne|AT|نمساوي|
ليختنشتاين|Liechtenstein|فادوتس|Vaduz
موناكو|Monaco|موناكو|Monte Carlo
أندورا|Andorra,Andorre|أندورا لا فيلا|Andorra la Vella
سان مارينو|San Marino,Saint-Marin|سان مارينو|San Marino
الفاتيكان|Vatican,Holy See|الفاتيكان|Vatican City|VA|فاتيكاني|
مالطا|Malta,Malte|فاليتا|Valletta,La Valette
السويد|Sweden,Suède|ستوكهولم|Stockholm|SE|سويدي|
النرويج|Norway,Norvège|أوسلو|Oslo|NO|نرويجي|
الدنمارك,الدانمارك|Denmark,Danemark|كوبنهاغن|Copenhagen,Copenhague|DK|دنماركي|
فنلندا|Finland,Finlande|هلسنكي|Helsinki|FI|فنلندي|
آيسلندا,أيسلندا|Iceland,Islande|ريكيافيك|Reykjavik
بولندا|Poland,Pologne|وارسو|Warsaw,Varsovie|PL|بولندي|
التشيك|Czech Republic,Czechia,Tchéquie|براغ|Prague|CZ|تشيكي|
سلوفاكيا|Slovakia,Slovaquie|براتيسلافا|Bratislava
المجر,هنغاريا|Hungary,Hongrie|بودابست|Budapest|HU|مجري|
رومانيا|Romania,Roumanie|بوخارست|Bucharest,Bucarest|RO|روماني|
بلغاريا|Bulgaria,Bulgarie|*صوفيا|*Sofia|BG|بلغاري|
اليونان|Greece,Grèce|أثينا|Athens,Athènes|GR|يوناني|
قبرص|Cyprus,Chypre|نيقوسيا|Nicosia,Nicosie|CY|قبرصي|
ألبانيا|Albania,Albanie|تيرانا|Tirana
صربيا|Serbia,Serbie|بلغراد|Belgrade|RS|صربي|
كرواتيا|Croatia,Croatie|زغرب|Zagreb|HR|كرواتي|
سلوفينيا|Slovenia,Slovénie|ليوبليانا|Ljubljana
البوسنة والهرسك,البوسنة|Bosnia and Herzegovina,Bosnia,Bosnie-Herzégovine,Bosnie|سراييفو|Sarajevo|BA|بوسني|
الجبل الأسود,مونتينيغرو|Montenegro,Monténégro|بودغوريتسا|Podgorica
مقدونيا الشمالية,مقدونيا|North Macedonia,Macedonia,Macédoine|سكوبيه,سكوبي|Skopje
كوسوفو|Kosovo|بريشتينا|Pristina
إستونيا|Estonia,Estonie|تالين|Tallinn
لاتفيا|Latvia,Lettonie|ريغا|Riga
ليتوانيا|Lithuania,Lituanie|فيلنيوس|Vilnius
روسيا,روسيا الاتحادية|Russia,Russie|موسكو|Moscow,Moscou|RU|روسي|الكرملين
أوكرانيا|Ukraine|كييف|Kyiv,Kiev|UA|أوكراني|
بيلاروسيا,روسيا البيضاء|Belarus,Biélorussie|مينسك|Minsk|BY|بيلاروسي|
مولدوفا,مولدافيا|Moldova,Moldavie|كيشيناو|Chisinau
جورجيا|*Georgia,Géorgie|تبليسي,تبيليسي|Tbilisi|GE|جورجي|
أرمينيا|Armenia,Arménie|يريفان|Yerevan,Erevan|AM|أرميني|
أذربيجان|Azerbaijan,Azerbaïdjan|باكو|Baku,Bakou|AZ|أذربيجاني,أذري|
كازاخستان|Kazakhstan|أستانا,آستانا|Astana|KZ|كازاخستاني|
أوزبكستان|Uzbekistan,Ouzbékistan|طشقند|Tashkent,Tachkent|UZ|أوزبكي|
تركمانستان|Turkmenistan,Turkménistan|عشق آباد|Ashgabat,Achgabat
قيرغيزستان,قرغيزستان|Kyrgyzstan,Kirghizistan|بيشكك,بشكيك|Bishkek,Bichkek
طاجيكستان|Tajikistan,Tadjikistan|دوشنبه,دوشانبي|Dushanbe,Douchanbé
أفغانستان|Afghanistan|كابول,كابل|Kabul,Kaboul|AF|أفغاني|
باكستان|Pakistan|إسلام آباد,إسلام أباد|Islamabad|PK|باكستاني|
الهند|India,Inde|نيودلهي,نيو دلهي|New Delhi|IN|هندي|
بنغلاديش,بنغلادش|Bangladesh|دكا|Dhaka,Dacca|BD|بنغلاديشي|
سريلانكا|Sri Lanka|كولومبو|Colombo|LK|سريلانكي|
نيبال|Nepal,Népal|كاتماندو|Kathmandu,Katmandou|NP|نيبالي|
بوتان|Bhutan,Bhoutan|تيمفو|Thimphu
المالديف,جزر المالديف|Maldives|*ماليه|Malé
ميانمار,بورما|Myanmar,Burma,Birmanie|نايبيداو|Naypyidaw|MM|بورمي|روهينغا,الروهينجا
تايلاند,تايلند|Thailand,Thaïlande|بانكوك|Bangkok|TH|تايلاندي|
لاوس|Laos|فيينتيان|Vientiane
كمبوديا|Cambodia,Cambodge|بنوم بنه|Phnom Penh
فيتنام|Vietnam,Viêt Nam|هانوي|Hanoi,Hanoï|VN|فيتنامي|
ماليزيا|Malaysia,Malaisie|كوالالمبور,كوالا لمبور|Kuala Lumpur|MY|ماليزي|
سنغافورة|Singapore,Singapour|سنغافورة|Singapore|SG|سنغافوري|
إندونيسيا,أندونيسيا|Indonesia,Indonésie|جاكرتا|Jakarta|ID|إندونيسي|
بروناي|Brunei|بندر سري بكاوان|Bandar Seri Begawan
تيمور الشرقية|Timor-Leste,East Timor|*ديلي|*Dili
الفلبين,الفيليبين|Philippines|مانيلا|Manila,Manille|PH|فلبيني|
الصين|China,Chine|بكين,بيجين|Beijing,Peking,Pékin|CN|صيني|
تايوان|Taiwan|تايبيه|Taipei|TW|تايواني|
منغوليا|Mongolia,Mongolie|أولان باتور|Ulaanbaatar
اليابان|Japan,Japon|طوكيو|Tokyo|JP|ياباني|
كوريا الشمالية|North Korea,DPRK,Corée du Nord|بيونغ يانغ,بيونغيانغ|Pyongyang|KP||
كوريا الجنوبية|South Korea,Corée du Sud|*سيول,*سول|Seoul,Séoul|KR||سيول,سول
أستراليا|Australia,Australie|كانبرا,كانبيرا|Canberra|AU|أسترالي|سيدني
نيوزيلندا|New Zealand,Nouvelle-Zélande|ولنغتون,ويلينغتون|Wellington|NZ|نيوزيلندي|
بابوا غينيا الجديدة|Papua New Guinea|بورت مورسبي|Port Moresby
فيجي|Fiji,Fidji|*سوفا|Suva
جزر سليمان|Solomon Islands|هونيارا|Honiara
فانواتو|Vanuatu|بورت فيلا|Port Vila
ساموا|Samoa|*آبيا|Apia
تونغا|Tonga|نوكوالوفا|Nukualofa
كيريباتي|Kiribati|تاراوا|Tarawa
توفالو|Tuvalu|فونافوتي|Funafuti
ناورو|Nauru|يارين|Yaren
بالاو|Palau|نغيرولمود|Ngerulmud
ميكرونيزيا|Micronesia,Micronésie|باليكير|Palikir
جزر مارشال|Marshall Islands|ماجورو|Majuro
"""

CITIES: Final = """
غزة,قطاع غزة|Gaza,Gaza Strip
الضفة الغربية|West Bank,Cisjordanie
رام الله|Ramallah
مكة المكرمة,مكة|Mecca,Makkah,La Mecque
المدينة المنورة|Medina,Médine
جدة|Jeddah,Djeddah
الدمام|Dammam
دبي|Dubai,Dubaï
الشارقة|Sharjah
الإسكندرية,الاسكندرية|Alexandria,Alexandrie
بورسعيد|Port Said
الأقصر|Luxor,Louxor
أسوان|Aswan,Assouan
شرم الشيخ|Sharm el-Sheikh
سيناء|Sinai,Sinaï
قناة السويس|Suez Canal,Canal de Suez
السويس|Suez
حلب|Aleppo,Alep
حمص|Homs
*حماة|Hama
إدلب|Idlib
الرقة|Raqqa
درعا|Daraa,Deraa
دير الزور|Deir ez-Zor
اللاذقية|Latakia,Lattaquié
الموصل|Mosul,Mossoul
البصرة|Basra,Bassora
كركوك|Kirkuk,Kirkouk
أربيل,إربيل|Erbil
السليمانية|Sulaymaniyah
النجف|Najaf
كربلاء|Karbala
كردستان|Kurdistan
عدن|Aden
تعز|Taiz
الحديدة|Hodeidah,Hudaydah
مأرب|Marib
بنغازي|Benghazi
مصراتة|Misrata
*سرت|Sirte
الدار البيضاء|Casablanca
مراكش|Marrakesh,Marrakech
*فاس|Fez,Fès
طنجة|Tangier,Tanger
أكادير|Agadir
الصحراء الغربية|Western Sahara,Sahara occidental
وهران|Oran
قسنطينة|Constantine
عنابة|Annaba
صفاقس|Sfax
سوسة|Sousse
دارفور|Darfur,Darfour
أم درمان|Omdurman
بورتسودان|Port Sudan
صيدا|Sidon
*صور|Tyre
بعلبك|Baalbek
حيفا|Haifa,Haïfa
نابلس|Nablus,Naplouse
*الخليل|Hebron,Hébron
بيت لحم|Bethlehem,Bethléem
*جنين|Jenin,Jénine
رفح|Rafah
خان يونس,خانيونس|Khan Younis,Khan Yunis
الجولان|Golan Heights,Golan
البحر الأحمر|Red Sea,Mer Rouge
البحر المتوسط,البحر الأبيض المتوسط|Mediterranean,Méditerranée
البحر الأسود|Black Sea,Mer Noire
مضيق هرمز|Strait of Hormuz,Hormuz
باب المندب|Bab al-Mandab
إسطنبول,اسطنبول|Istanbul
إزمير|Izmir
ديار بكر|Diyarbakir
أصفهان|Isfahan,Ispahan
*مشهد|Mashhad
نيويورك|New York
لوس أنجلوس,لوس أنجليس|Los Angeles
شيكاغو|Chicago
كاليفورنيا|California,Californie
تكساس|Texas
فلوريدا|Florida,Floride
هوليوود|Hollywood
جنيف|Geneva,Genève
لاهاي|The Hague,La Haye
دافوس|Davos
ميلانو|Milan
البندقية|Venice,Venise
برشلونة|Barcelona,Barcelone
كتالونيا|Catalonia,Catalogne
ميونيخ,ميونخ|Munich
فرانكفورت|Frankfurt
هامبورغ|Hamburg
إنجلترا,إنكلترا|England,Angleterre
اسكتلندا,أسكتلندا|Scotland,Écosse
ويلز|Wales
مانشستر|Manchester
ليفربول|Liverpool
سان بطرسبرغ,سان بطرسبورغ|Saint Petersburg
القرم,شبه جزيرة القرم|Crimea,Crimée
دونيتسك|Donetsk
خاركيف|Kharkiv,Kharkov
الشيشان|Chechnya,Tchétchénie
كشمير|Kashmir,Cachemire
مومباي,مومباى|Mumbai,Bombay
كراتشي|Karachi
هونغ كونغ|Hong Kong
شنغهاي|Shanghai
التيبت,التبت|Tibet
ريو دي جانيرو|Rio de Janeiro
أوروبا|Europe
أفريقيا,إفريقيا|Africa,Afrique
آسيا|Asia,Asie
الشرق الأوسط|Middle East,Moyen-Orient
"""
