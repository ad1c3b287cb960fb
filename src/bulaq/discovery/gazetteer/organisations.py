"""International organisations, and some national ones, by their whole and their short names.

A line: whole Arabic names | short ones in Arabic letters | names in Latin letters, among them the English and French
abbreviations. Names are parted by commas, the usual one first. `*` stands before a short name that is also another word.
"""

from __future__ import annotations

from typing import Final

ORGANISATIONS: Final = """
الأمم المتحدة||United Nations,UN,UNO,ONU,Nations unies
مجلس الأمن,مجلس الأمن الدولي||Security Council,UN Security Council,UNSC,Conseil de sécurité
الجمعية العامة للأمم المتحدة||UN General Assembly,UNGA
منظمة الأمم المتحدة للطفولة|يونيسف,يونيسيف|UNICEF
منظمة الأمم المتحدة للتربية والعلم والثقافة|يونسكو|UNESCO
منظمة الصحة العالمية||World Health Organization,WHO,OMS
منظمة الأغذية والزراعة|*فاو|FAO
برنامج الأغذية العالمي||World Food Programme,World Food Program,WFP,*PAM
المفوضية السامية لشؤون اللاجئين,مفوضية اللاجئين||UNHCR,HCR
وكالة غوث وتشغيل اللاجئين|أونروا,أنروا|UNRWA
برنامج الأمم المتحدة الإنمائي||UNDP,PNUD
برنامج الأمم المتحدة للبيئة||UNEP,PNUE
مؤتمر الأمم المتحدة للتجارة والتنمية|أونكتاد|UNCTAD,CNUCED
منظمة العمل الدولية||International Labour Organization,ILO
المنظمة الدولية للهجرة||International Organization for Migration,IOM
الوكالة الدولية للطاقة الذرية||International Atomic Energy Agency,IAEA,AIEA
الوكالة الدولية للطاقة,وكالة الطاقة الدولية||International Energy Agency,IEA
منظمة حظر الأسلحة الكيميائية,منظمة حظر الأسلحة الكيماوية||OPCW,OIAC
منظمة الطيران المدني الدولي|إيكاو|ICAO,OACI
الاتحاد الدولي للنقل الجوي|إياتا,أياتا|IATA
الاتحاد الدولي للاتصالات||International Telecommunication Union,ITU
المنظمة البحرية الدولية||International Maritime Organization,IMO
المنظمة العالمية للأرصاد الجوية||World Meteorological Organization,WMO
المنظمة العالمية للملكية الفكرية|ويبو,وايبو|WIPO,OMPI
منظمة التجارة العالمية||World Trade Organization,WTO
منظمة السياحة العالمية||UNWTO
محكمة العدل الدولية||International Court of Justice,ICJ
المحكمة الجنائية الدولية||International Criminal Court,ICC
صندوق النقد الدولي,صندوق النقد||International Monetary Fund,IMF,FMI
البنك الدولي||World Bank,Banque mondiale
المنتدى الاقتصادي العالمي||World Economic Forum,WEF
منظمة التعاون الاقتصادي والتنمية||OECD,OCDE
مجموعة العشرين,قمة العشرين||G20,G-20
مجموعة السبع,مجموعة السبعة,قمة السبع||G7,G-7
مجموعة الثماني||G8,G-8
مجموعة 77||G77
منظمة الدول المصدرة للنفط,منظمة البلدان المصدرة للنفط|أوبك|OPEC,OPEP
مجموعة بريكس|بريكس|BRICS
منظمة شنغهاي للتعاون||Shanghai Cooperation Organisation,SCO
رابطة دول جنوب شرق آسيا|آسيان|ASEAN
منتدى التعاون الاقتصادي لآسيا والمحيط الهادئ|أبيك|APEC
مجموعة العمل المالي|فاتف|FATF,GAFI
الاتحاد الأوروبي||European Union,EU,Union européenne,UE
المفوضية الأوروبية||European Commission,Commission européenne
البرلمان الأوروبي||European Parliament,Parlement européen
البنك المركزي الأوروبي||European Central Bank,ECB,BCE
مجلس أوروبا||Council of Europe
منظمة الأمن والتعاون في أوروبا||OSCE
حلف شمال الأطلسي,حلف الأطلسي,حلف الناتو|ناتو|NATO,OTAN
الاتحاد الأفريقي,الاتحاد الإفريقي||African Union,*AU,Union africaine
المجموعة الاقتصادية لدول غرب أفريقيا,المجموعة الاقتصادية لدول غرب إفريقيا|إيكواس,إكواس|ECOWAS,CEDEAO
الهيئة الحكومية للتنمية|إيغاد,إيقاد|IGAD
جامعة الدول العربية,الجامعة العربية||Arab League,League of Arab States,Ligue arabe
مجلس التعاون الخليجي,مجلس التعاون لدول الخليج العربية||Gulf Cooperation Council,GCC,CCG
منظمة التعاون الإسلامي||Organisation of Islamic Cooperation,OIC,OCI
المنظمة العربية للتربية والثقافة والعلوم|ألكسو|ALECSO
منظمة العالم الإسلامي للتربية والعلوم والثقافة|إيسيسكو|ICESCO,ISESCO
اتحاد المغرب العربي||Arab Maghreb Union,*UMA
منظمة الدول الأمريكية,منظمة الدول الأميركية||OAS
حركة عدم الانحياز||Non-Aligned Movement
اللجنة الدولية للصليب الأحمر,الصليب الأحمر||Red Cross,ICRC,CICR,Croix-Rouge
الهلال الأحمر||Red Crescent,Croissant-Rouge
أطباء بلا حدود||Doctors Without Borders,MSF,Médecins sans frontières
مراسلون بلا حدود||Reporters Without Borders,RSF,Reporters sans frontières
منظمة العفو الدولية||Amnesty International,*Amnesty
هيومن رايتس ووتش||Human Rights Watch,HRW
منظمة الشفافية الدولية||Transparency International
الشرطة الدولية,منظمة الشرطة الجنائية الدولية|إنتربول|Interpol
الشرطة الأوروبية|يوروبول|Europol
الاتحاد الدولي لكرة القدم|فيفا|FIFA
الاتحاد الأوروبي لكرة القدم|يويفا|UEFA
الاتحاد الأفريقي لكرة القدم,الاتحاد الإفريقي لكرة القدم|*كاف|*CAF
الاتحاد الآسيوي لكرة القدم||AFC
اللجنة الأولمبية الدولية||International Olympic Committee,IOC,*CIO
الوكالة العالمية لمكافحة المنشطات|*وادا|WADA
وكالة الفضاء الأمريكية,وكالة الفضاء الأميركية|ناسا|NASA
وكالة الفضاء الأوروبية|*إيسا|ESA
وكالة المخابرات المركزية,وكالة الاستخبارات المركزية|سي آي إيه|CIA
مكتب التحقيقات الفيدرالي,مكتب التحقيقات الاتحادي|إف بي آي|FBI
وكالة الأمن القومي||NSA
مجلس الاحتياطي الفيدرالي,الاحتياطي الفيدرالي||Federal Reserve
هيئة الإذاعة البريطانية|بي بي سي|BBC
وكالة الصحافة الفرنسية,فرانس برس||AFP,Agence France-Presse
وكالة أسوشيتد برس,أسوشيتد برس,أسوشييتد برس||Associated Press
تنظيم الدولة الإسلامية,تنظيم الدولة|داعش|ISIS,ISIL,Daesh,Islamic State
تنظيم القاعدة||Al-Qaeda,Al Qaida
منظمة التحرير الفلسطينية||PLO,OLP
حزب العمال الكردستاني||PKK
وحدات حماية الشعب||YPG
قوات سوريا الديمقراطية|قسد|SDF
الحرس الثوري,الحرس الثوري الإيراني||Revolutionary Guards,IRGC
"""
