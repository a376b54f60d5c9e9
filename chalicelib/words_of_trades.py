"""More words for those who serve: who leads or assists them, and their trades. Pure.

Each line begins with its language, as in words_of_work.py.
"""

from typing import Final

TRADES: Final = """
    ar مشرف محاسب صيدلي حلاق خبير مرشد منسق طباخ mushrif mushrifa muhasib sayidali saydali hallaq
    ar khabir masool masuul munassiq murshid tabbakh
    bg продавач експерт благайник обслужващ ръководител координатор готвач фармацевт prodavach
    bg ekspert blagajnik blagaynik obsluzhvasht rakovoditel koordinator gotvach farmatsevt
    cs vedoucítýmu správceúčtu odbornice koordinátor lékárník kuchař obsluhující účetní obchodnice
    cs uklízečka
    da kundechef holdleder koordinator assistent farmaceut kok afdelingsleder rengøringsassistent
    de kundendienstler sachbearb helfer fachkräfte ausführender accounter außendienstler
    de innendienstler pflegefachfrau pflegefachmann einsatzkraft objektleiter koordinator
    de assistent bearbeitender bearbeitende apotheker mitarbeiterkennzeichen sanitäter lokführer
    de ansprechperson betreuungsperson bezugsperson sachbearbeitung filialleitung kassenkraft
    de kundenbetr
    de schaffner reinigungskraft reiseleiter tischler schreiner dachdecker optiker kosmetikerin
    el εξυπηρετητής προϊστάμενος συνεργάτης φαρμακοποιός συντονιστής μάγειρας βοηθός exypiretitis
    el exipiretitis eksypiretitis proistamenos synergatis sinergatis symboulos ekpaideytis
    el ypeythinos ypeuthinos ypallhlos ypallhloi ypallhlou farmakopoios syntonistis mageiras voithos
    en accountlead agnt agt apprentice assistant associate accountmgr beautician chef
    en cook coordinator cse gp hcp hygienist kam librarian oncall originator personnel realtor
    en saleman saleperson salewoman serviceperson supportperson teammate tse tsr carpenter
    en locksmith painter roofer interpreter translator foreman teamcoach
    es tramitador tramitadora coordinador coordinadora auxiliar farmacéutico ayudante azafata
    es albañil jefedetienda jefedeequipo jefedesala cocinero asignatario carpintero traductor
    es capataz
    fa سرپرست فروشنده متصدی آشپز داروساز sarparast forooshande foroushande motasaddi کارگزار
    fa kargozar motesaddi ashpaz darusaz
    fi vastuuhlo siivooja tiiminvetäjä ryhmänvetäjä asiakkuuspäällikkö apteekkari kokki
    fi palvelija vastuumyyjä koordinaattori assistentti avustaja työnjohtaja kääntäjä puuseppä
    fr chefdeprojet encadrant encadrante animatrice kiné kinésithérapeute pharmacien pharmacienne
    fr menuisier ouvrier cuisinier cuisinière délégué coordinateur coordinatrice traducteur
    fr peintre serrurier contremaître auxiliairedevie éducateur
    he מוכרן מוקדן מוקדנית רוקח טבח מתאם רכז mokdan mokdanit mochran rokeach tabach metaem rakaz
    hi सहयोगी कारीगर विक्रेता पर्यवेक्षक sahayogi kaarigar karigar vikreta paryavekshak ejent
    hu kapcsolattartó felelősszemély üzletkötő takarító gondozó gyógyszerész csapatvezető
    hu csoportvezető koordinátor szakács könyvelő fordító asztalos
    id wiraniaga pramuniaga tenagaahli ahli koordinator asisten apoteker pendamping penyelia juru
    id penerjemah tukang koki pemandu
    it risolutore ingegnere capoturno capoturni farmacista animatore cuoco funzionario
    it coordinatore coordinatrice falegname traduttore caposquadra capoarea
    ja 担当医 担任 店長 主治医 調理師 コーディネーター ヘルパー リーダー名 マネージャー名 薬剤師
    ja 通訳 kangoshi kyoushi kyoshi sensei untenshu tencho tenchou shujii tannin yakuzaishi
    ja eigyouin uketsukesha
    ko 팀장 점장 교수 약사 헬퍼 코디네이터 요리사 통역사 매니저명 jikwon timjang jeomjang gyosu
    ko yaksa gisa
    nb kundekontakt fagperson kundesjef gruppeleder kokk farmasøyt koordinator assistent tolk
    nb butikkmedarbeider renholdsarbeider barnepleier
    nl accounthouder begeleidster kok apotheker schoonmaker verkoopster uitvoerder coördinator
    nl leidinggevende casemanager dossierbeheerder assistent tolk timmerman voorman
    pl kierownik osobaobsługująca osobaodpowiedzialna prowadzący księgowy farmaceuta koordynator
    pl asystent asystentka brygadzista kucharz tłumacz stolarz konsultanci opiekunowie
    pt coordenador coordenadora farmacêutico representante motoboy corretor corretora cozinheiro
    pt auxiliar ajudante tradutor pedreiro faxineira
    ro funcționar vânzătoare coordonator farmacist bucătar gestionar asistent șefechipă traducător
    ru фармацевт воспитатель обслуживший координатор помощник повар переводчик prodavec farmatsevt
    ru vospitatel koordinator pomoshchnik pomoshnik povar tabelnyynomer perevodchik
    sv kundchef kock apotekare biträde arbetsledare koordinator gruppchef teamchef tolk snickare
    sv anställningsnr
    th ผู้ช่วย ผู้ดูแล เซลส์ หัวหน้าทีม ไกด์ เภสัชกร phuchuai phudulae khru kru phesatchakon
    tr asistan tezgahtar eczacı aşçı takımlideri ekiplideri koordinatör tercüman marangoz
    uk продавчиня керівник вихователь фармацевт помічник координатор кухар відповідальнаособа
    uk prodavchynia kerivnyk vykhovatel farmatsevt pomichnyk vidpovidalnaosoba kukhar
    ur منتظم کارندہ کیشیئر نگران معاون muntazim karinda nigran muavin
    vi tổtrưởng trưởngnhóm ngườitiếpnhận chămsócviên dượcsĩ đầubếp giámsátviên quảnlýtàikhoản manv
    vi ngườihỗtrợ quảnlýkháchhàng tennv nvid nvhotro nvcskh nvbanhang nvtuvan phiêndịch
    zh 客户代表 客戶代表 主管 店长 店長 师傅 師傅 药师 藥師 厨师 廚師 销售经理 銷售經理 美容师
    zh 美容師 导游 導遊 护工 護工 保姆 班主任 renyuan zhuguan dianzhang shifu yaoshi chushi daoyou
    zh hugong banzhuren xiaoshoujingli kehudaibiao
"""
