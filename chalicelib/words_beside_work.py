"""Words that stand beside those of words_of_work.py in a name, and parts of words. Pure."""

from typing import Final

# In these what somebody is comes first: `conseiller_client`. What follows says of what.
HEAD_FIRST: Final = "ar bg cs el es fa fr he id it pl pt ro ru th uk vi"

# Short words that are known at the end of a longer one all the same: `serviceagent`.
COMPOUNDED: Final = "agent clerk staff coach team ärzte lærer arzt ekip 팀"

# Long words that end like one for those who serve, and are none.
OTHERS: Final = """
    employer technik homeowner stagecoach petowner carowner landowner bestseller coworker upstream
    mainstream penjualan useragent browseragent propertyowner reseller networkoperator
    voiceassistant virtualassistant aiassistant
    setoratividade setoreconomico
"""

# Endings of words: of several, of a woman, of a case.
ENDINGS: Final = """
    s e n en es er ens in innen inn i y a u om ami ovi owie ow ów ka ky ki kou ko ov ova ovy ii
    iile ul ului lor ilor ar arna arnas are aren arne erne ene et ets t ler lar leri ları i̇ si sı
    ok ek ak k nak ot at as os us ne nes rice ra is te ta nya na an een nin nın nun nün ni tu ille
    lle ien iden ja tsi sy и ы а у ом ами ов й і ів ам ах ка ки та ят ите ина ινα οι ου ων ους ες
    ας ة ون ين ات ها ان ים ות ה ת ът ों ओं 们 們 たち さん 님 들 은 는 를 을 я ю ем ku je jei em
    un ї ий ого
"""

# What only says how somebody or something is identified, or called.
KNOWN_BY: Final = """
    code id key name no nr num number nummer ref uuid naam navn namn nimi nome nom nombre nazwa
    nazwisko jmeno ime imya imia ad adi isim nama ten shem ism esm onoma nev numer numero numara
    kennung kuerzel kürzel číslo номер имя име імя kodu kod mei mingzi ming ireum beonho bango namae
    shimei 名 名前 氏名 番号 コード 名字 姓名 编号 編號 工号 工號 이름 명 번호 اسم رقم نام شماره שם
    מספר नाम संख्या ชื่อ tunnus numéro matricule matricola matricula neve száma ka ki ke का के की
    sankhya 名称 名稱 imię fornavn etternavn vorname nachname prénom apellido cognome sobrenome kz
    kzl आईडी nume numele azonosító xingming mingcheng bianhao myeong fio pib kode koden koder
    navne namen namnen initialer bezeichnung koodi kodo kodeu
"""
OF_A_PERSON: Final = """
    persona persoon personne osoba pessoa kişi henkilö лицо email first full initial last login mail
    member person user username alias nick nickname handle badge label pseudonym phone extension ext
    contact initialen initiales iniciales signature sign fullname surname firstname lastname
    address adresse adresa adres
"""

# What follows here tells for whom or for what somebody works: `agent_suport`.
FOR_WHOM: Final = """
    traitant poddrashka poddrazka
    support suport soporte suporte podpora podpory podpore poddrazhka podderzhki pidtrymky
    assistenza клиента поддержки підтримки поддръжка terrain clientele clienti clientes clients
    vânzări ventas ventes vente vendas vendita prodaj prodazh продаж обслуживания accueil
"""

# Words that only together tell of whoever serves: `client_manager`, `menedzher_klienta`.
MANAGERS: Final = """
    manager executive exec menedzher menedzer menadzher meneger manazer manažer yonetici yöneticisi
    менеджер менеджър мениджър managerul direktorka gerente modir ejecutivo mgr director menidzhar
    manajer prabandhak प्रबंधक menahel menahelet מנהל מנהלת mudir مدير مدیر maenijeo 매니저 menedżer
"""
MANAGED: Final = """
    account case client customer relationship succes success key cliente cuenta conta conto compte
    klient klienta klienti klientov kliyenta kliient musteri müşteri kunde kunden kund klant hesab
    клиента клиентов клієнта клиент ugyfel ügyfél asiakas zakaznik zákazník klantrelatie hisab po по
    project projekt proyecto projeto acct sale line shift store branch duty cont hesap akun khata
    grahak खाता ग्राहक tik lakoach תיק לקוח alhisab hesab حساب pelati pelatis pelaton πελάτη
    πελατών clientului účtu
    cs akaunt akaunta akkaunta moshtari klien logariasmou λογαριασμού
"""

# Agent, Sachbearbeiter, Mitarbeiter, account executive, team lead: where a name follows.
ABBREVIATED: Final = "ag sb ma ae tl"

# Parts of a company that are parts of a country as well.
PLACES: Final = "département departamento bakhsh"

# What a thing is a size or a kind of: `ukuran_tim`, `tipo_equipo` (of a device).
SIZES: Final = """
    type tipo typ tip tür türü jenis loại soort size größe tamaño taille dimensione tamanho mărime
    ukuran velikost wielkość storlek størrelse grootte büyüklüğü размер розмір rozmiar
"""

# What may stand between two such: `gerente_de_conta`.
LINKS: Final = "de da do di del du des der of for la le"

# `bearbeitet_von`, `atendido_por`: by whom something was done, or to whom it was given.
DONE: Final = """
    answered assigned closed done fixed handled helped resolved served solved worked attended
    given bearbeitet betreut gelöst beantwortet geschlossen bedient erledigt zugewiesen beraten
    geholfen behandlet løst besvart lukket betjent håndtert hjulpet tildelt løyst besvaret
    håndteret hanterad löst besvarad stängd betjänad tilldelad hjälpt behandlad opgelost behandeld
    beantwoord gesloten geholpen toegewezen afgehandeld bediend atendido resuelto respondido
    cerrado asignado gestionado solucionado tratado ayudado traité traite résolu répondu fermé
    assigné attribué géré servi aidé risolto gestito chiuso assegnato servito trattato risposto
    seguito resolvido fechado atribuído ajudado encerrado rezolvat închis atribuit tratat servit
    asignat alocat obsłużony obsłużone rozwiązany zamknięty przypisany załatwiony przydzielony
    přidělen přidělené vyřešeno řešeno vyřízeno zpracováno uzavřeno obslouženo назначен решено
    обработано obrabotano resheno naznachen obsluzheno eksypiretisi epilithike anatethike
    ditangani diselesaikan dilayani ditugaskan käsitelty ratkaistu kezelte megoldotta fulfilled
    picked packed delivered repaired installed inspected prepared treated obsługa назначено
    naznacheno visited taken accepted seen processed managed supported completed finished
    performed pris prise charge rozwiązane załatwione przydzielone vyřešil přiděleno eseguito
    realizzato carico atendió resolvió ayudó respondeu atendeu resolveu résout решил reshil
    обслужил obsluzhil помог pomog вирішив vyrishyv pomohl hjalp załatwił rozwiązał segítette
    pomógł допоміг dopomih обслуговував hielp palveli auttoi ratkaisi yardım ilgilendi deservit
    ajutat segített megoldott intézte обработил obrabotil помогна pomogna melayani tipel טיפל
"""
WHO: Final = """
    who quien quién wer qui chi quem kto кто hto khto хто mi מי
    kdo hvem vem wie kim siapa cine ki kuka
"""
BY_WHOM: Final = """
    by to von durch an av af til till door aan por a par à da przez do kým komu de catre către od
    кому кем kem kom apo oleh kepada
"""

# Behind any word these tell by whom it was done, unless it is done by whoever asks or answers.
ONLY_BY: Final = "by von av af par por door przez oleh"
BY_OTHERS: Final = """
    booked bought changed created deleted erased filter group lifted opened order ordered paid
    referred reported requested revoked sent sort sorted split sponsored submitted updated goal
"""
