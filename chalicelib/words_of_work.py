"""Words for those who serve and for parts of a company, in every language of the catalogues. Pure.

Each line begins with its language. Accents are compared without, and ä also as ae. Words of other
scripts stand in their own and as they are written with a to z.
"""

from typing import Final

# An employee, an agent, a case worker, an engineer, a doctor, whoever manages an account.
SERVED: Final = """
    ar موظف موظفة موظفين مندوب وكيل عامل فني مستشار مسؤول مهندس طبيب معلم سائق ممثل مشغل اخصائي
    ar أخصائي muwazzaf muwazaf muwathaf muwadhaf muwadaf wakil wakeel amil mandoub mandub masoul
    ar masul fanni mustashar mohandes muhandis tabib mudarris saiq mumathil mushaghil akhisai ممرض
    ar محامي مدرب كاشير mumarid mumarrid muhami mudarrib katib
    bg служител служителка агент оператор консултант отговорник специалист сътрудник техник лекар
    bg учител шофьор инженер изпълнител съветник sluzhitel slujitel sluzhitelka operator konsultant
    bg otgovornik specialist satrudnik sutrudnik tehnik lekar uchitel shofyor inzhener izpalnitel
    bg куриер сервитьор касиер сестра треньор адвокат учителка kurier kasier trenyor advokat
    bg konsultantka
    cs prodavač zaměstnanec zaměstnankyně zaměstnanci pracovník pracovnice pracovníci řešitel
    cs zpracovatel poradce poradkyně technici operátorka referentka makléř lékař učitel řidič
    cs inženýr obchodník prodejce přidělen odborník specialista asistent asistentka vyřídil vyřešil
    cs zpracoval řešil zástupce kurýr číšník kadeřník právník zubař terapeut instruktor mechanik
    cs recepční pokladní sestra lektor trenér advokát vedoucísměny
    da medarbejder sagsbehandler ansat behandler kundeansvarlig ansvarlig rådgiver tekniker
    da ekspedient sælger konsulent læge lærer chauffør kundeservicemedarbejder supporter montør
    da sygeplejerske projektleder teamleder håndværker tandlæge receptionist kasserer tjener frisør
    da mægler advokat underviser instruktør plejer pædagog løser medarbejdernummer vagtleder
    da afdelingsleder vikar tømrer elektriker blikkenslager
    de mitarbeiter bearbeiter sachbearbeiter angestellte angestellter beschäftigter berater betreuer
    de ansprechpartner techniker zuständiger zuständige verantwortlicher verantwortliche verkäufer
    de schichtleiter fahrer lehrer arzt ärztin pfleger monteur vertreter vertriebler kundenmanager
    de bediensteter beauftragter agentin kollege kollegin ausbilder trainer spezialist ingenieur
    de disponent therapeut handwerker installateur kellner verkaufsberater pflegekraft lehrkraft
    de servicekraft fachkraft hilfskraft dozent bediener filialleiter projektleiter teamleiter
    de gruppenleiter hausmeister kassierer friseur gutachter makler anwalt hebamme erzieher kurier
    de zusteller referent vorgesetzter dolmetscher rezeptionist mechaniker elektriker personalnummer
    de hotliner vermittler servicepersonal schalterpersonal fachpersonal pflegepersonal gärtner
    de maler tierarzt übersetzer vorarbeiter empfangsdame einsatzleiter
    el υπάλληλος υπάλληλοι υπεύθυνος εκπρόσωπος σύμβουλος τεχνικός διαχειριστής χειριστής γιατρός
    el δάσκαλος οδηγός πωλητής εργαζόμενος αντιπρόσωπος μηχανικός εκτελεστής ypallilos ypalliloi
    el ypefthynos ipefthinos yperaillos ektelestis antiprosopos ekprosopos diaxeiristis
    el diacheiristis symvoulos simvoulos technikos texnikos cheiristis giatros daskalos odigos
    el politis ergazomenos michanikos νοσηλευτής διανομέας δικηγόρος προπονητής ταμίας σερβιτόρος
    el εκπαιδευτής nosileftis dianomeas dikigoros proponitis tamias servitoros ekpaideftis
    en accountmanager advisor adviser advocate agent analyst assigned assignee attendant barber
    en caretaker caregiver caseworker caseowner cashier clerk clinician coach concierge consultant
    en counselor counsellor courier csm csr dentist dispatcher doctor driver emp employee engineer
    en fixer handler helper hairdresser instructor lawyer mechanic nurse operator owner physician
    en plumber receptionist rep representative resolver responsible salesman salesperson saleswoman
    en salesrep seller solver specialist staff staffer stylist supporter surgeon teacher tech
    en technician teller therapist trainer tutor underwriter waiter waitress worker auditor barista
    en bartender bdr broker carer cleaner educator estimator hostess inspector installer lecturer
    en mentor midwife optician packer paramedic pharmacist picker pilot porter professor programmer
    en psychologist recruiter repairman sdr steward stewardess supervisor tam techlead teamlead
    en teamleader caselead projectlead shiftlead valet vet veterinarian adjuster accountant notary
    en electrician handyman officer fitter surveyor closer decorator gardener housekeeper usher
    en escort nanny anesthetist radiologist physiotherapist operative practitioner wrangler guard
    es agente empleado empleada técnico técnica asesor asesora trabajador trabajadora responsable
    es gestor gestora ejecutivo ejecutiva encargado encargada operador operadora operario operaria
    es consultor consultora conductor conductora médico médica profesor profesora vendedor vendedora
    es atendido asignado asignada ingeniero comercial_asignado especialista maestro enfermera cajero
    es repartidor chofer dependiente funcionario funcionaria enfermero camarero mesero peluquero
    es cajera recepcionista abogado dentista terapeuta instructor mensajero mecánico instalador
    es supervisor docente maestra matrona electricista fontanero plomero limpiador
    fa کارمند کارمندان کارشناس کارشناسان پاسخگو نماینده مشاور اپراتور تکنسین مسئول مهندس پزشک معلم
    fa راننده karmand karmandan karshenas karshenasan pasokhgo pasokhgoo namayande namayandeh
    fa moshaver oprator teknisian masoul mohandes pezeshk moallem ranande modirhesab پرستار وکیل
    fa مربی parastar vakil morabi karmandyar
    fi työntekijä käsittelijä asiakaspalvelija asiantuntija vastuuhenkilö tukihenkilö yhteyshenkilö
    fi asiakasvastaava kuljettaja opettaja lääkäri neuvoja myyjä teknikko insinööri konsultti
    fi hoitaja asentaja toimihenkilö virkailija edustaja agentti työntekijät käsittelijät myyjät
    fi hoitajat huoltomies myyntineuvottelija valmentaja ohjaaja kouluttaja tarjoilija kampaaja
    fi parturi lähetti korjaaja esimies projektipäällikkö asiakaspäällikkö ratkaisija tutkija
    fi sähkömies putkimies vuoropäällikkö hoitohenkilö
    fr employé employée salarié collaborateur collaboratrice conseiller conseillère intervenant
    fr technicien technicienne gestionnaire opérateur opératrice chargé chargée interlocuteur
    fr interlocutrice responsable vendeur vendeuse chauffeur médecin enseignant enseignante
    fr formateur ingénieur infirmier infirmière assigné assistante livreur préposé téléconseiller
    fr professeur serveuse coiffeur dépanneur réparateur installateur avocat dentiste thérapeute
    fr réceptionniste caissier moniteur instructeur animateur courtier notaire soignant superviseur
    fr téléopérateur formatrice plombier électricien hôtesse
    he נציג נציגה נציגת נציגים עובד עובדת עובדים סוכן מטפל מטפלת טכנאי יועץ יועצת מהנדס רופא מורה
    he נהג אחראי oved ovedet ovdim nazig natzig netzig sochen metapel metapelet technai tehnai yoetz
    he yoets mehandes rofe nehag ahrai achrai אחות מדריך שליח קופאי achot madrich shaliach kupai
    hi कर्मचारी कर्मचारियों प्रतिनिधि सहायक एजेंट तकनीशियन सलाहकार अधिकारी अभियंता शिक्षक चालक डॉक्टर
    hi सेवक karmchari karmachari karmachariyon karmchariyon pratinidhi sahayak sevak adhikari
    hi salahkar abhiyanta shikshak chalak takneeshiyan नर्स वकील ड्राइवर कार्यकर्ता अध्यापक चिकित्सक vakil
    hi karyakarta adhyapak chikitsak daktar विक्रेता
    hu ügyintéző ügyintézők alkalmazott munkatárs dolgozó ügynök kezelő felelős technikus tanácsadó
    hu ügyfélszolgálatos munkavállaló szakértő operátor eladó orvos tanár sofőr szerelő mérnök
    hu képviselő ügyfélmenedzser asszisztens értékesítő pincér fodrász ügyvéd edző oktató futár
    hu recepciós pénztáros projektvezető ápoló nővér megoldó műszakvezető
    id karyawan karyawati pegawai petugas agen penanggungjawab teknisi konsultan staf penasihat
    id supir sopir guru dokter perawat pekerja penjual insinyur pelayan operatornya kurir pelatih
    id pengacara kasir pramusaji resepsionis mekanik montir pengajar dosen bidan
    it impiegato impiegata operatore operatrice addetto addetta dipendente consulente tecnico
    it tecnici incaricato incaricata referente responsabile gestore assegnato assegnata autista
    it medico insegnante venditore venditrice collaboratore collaboratrice infermiere commesso
    it lavoratore professore specialista agente infermiera cameriere cassiere commessa parrucchiere
    it avvocato dentista terapista istruttore meccanico installatore corriere fattorino supervisore
    it docente perito elettricista idraulico portiere centralinista
    ja 担当 担当者 担当員 係員 従業員 社員 職員 スタッフ オペレーター オペレータ エージェント 技術者
    ja 営業 相談員 対応者 医師 先生 運転手 店員 教師 受付者 責任者 エンジニア コンサルタント 作業員
    ja 看護師 tantosha tantousha tanto tantou shain jugyoin juugyouin shokuin operetta kakariin
    ja sutaffu gijutsusha soudanin taiousha ejento tenin 講師 弁護士 配達員 美容師 販売員 整備士
    ja アドバイザー アシスタント カウンセラー トレーナー サポーター ドライバー 介護士 koushi
    ja bengoshi haitatsuin sekininsha eigyo hanbaiin 営業マン
    ko 담당자 담당 상담원 상담사 직원 사원 에이전트 기술자 기사 엔지니어 처리자 책임자 의사 교사
    ko 선생님 운전자 컨설턴트 매니저담당 점원 jigwon sangdamwon sangdamsa damdangja damdang sawon
    ko eijeonteu gisulja cheorija chaegimja 강사 변호사 배달원 판매원 간호사 상담자 gangsa
    ko pangmaewon chaekimja baedalwon ganhosa
    nb ansatt ansatte saksbehandler medarbeider kundebehandler rådgiver behandler ansvarlig tekniker
    nb selger konsulent kontaktperson lærer lege sjåfør montør veileder ekspeditør sykepleier
    nb kundekonsulent ingeniør betjent løser prosjektleder teamleder håndverker håndtverker
    nb helsesekretær fysioterapeut tannlege vekter renholder vaktmester kasserer resepsjonist
    nb servitør frisør megler advokat foreleser instruktør trener pleier ansattnummer vaktleder
    nb avdelingsleder vikar snekker rørlegger elektriker
    nl medewerker behandelaar werknemer adviseur accountbeheerder begeleider verantwoordelijke
    nl monteur technicus technici chauffeur docent leraar verkoper toegewezen behandelaars
    nl relatiebeheerder verpleegkundige klantmanager contactpersoon collega hulpverlener
    nl dienstverlener teamleider projectleider kapper makelaar advocaat tandarts huisarts
    nl instructeur verzorger bezorger koerier installateur oplosser personeelsnummer behandelendarts
    nl loodgieter elektricien ploegleider verloskundige
    pl pracownik pracownica pracownicy konsultant opiekun doradca doradcy obsługujący specjalista
    pl specjaliści kierowca nauczyciel lekarz przypisany urzędnik agentka technicy sprzedawca
    pl serwisant inżynier wykonawca przedstawiciel rozwiązujący odpowiedzialny handlowiec kurier
    pl kasjer kelner fryzjer prawnik dentysta terapeuta instruktor mechanik monter recepcjonista
    pl nauczycielka pielęgniarka przełożony obsłużył lektor trener elektryk hydraulik brygadzista
    pl telemarketer
    pt agente atendente funcionário funcionária colaborador colaboradora empregado empregada
    pt analista técnico responsável gestor gestora consultor consultora operador operadora motorista
    pt médico professor professora vendedor vendedora atribuído encarregado assessor engenheiro
    pt especialista enfermeira assistente enfermeiro garçom recepcionista cabeleireiro advogado
    pt dentista terapeuta instrutor mecânico instalador entregador supervisor docente eletricista
    pt encanador balconista
    ro angajat angajată angajați operator consilier lucrător specialist tehnician tehnicieni
    ro responsabil consultant consultanți șofer medic profesor inginer vânzător reprezentant
    ro salariat asistent ospătar frizer avocat dentist curier casier recepționer instructor antrenor
    ro instalator supervizor asistentă
    ru сотрудник сотрудница сотрудники работник исполнитель специалист консультант оператор агент
    ru ответственный инженер техник врач учитель водитель продавец мастер обработчик представитель
    ru преподаватель sotrudnik sotrudnitsa rabotnik ispolnitel spetsialist specialist konsultant
    ru otvetstvennyi otvetstvenny otvetstvennyy otvetstvennij voditel vrach uchitel prodavets
    ru inzhener tekhnik курьер официант парикмахер юрист стоматолог тренер инструктор механик кассир
    ru медсестра куратор решил обработал kuryer kurer ofitsiant parikmakher yurist trener instruktor
    ru mekhanik kassir medsestra kurator obrabotal электрик сантехник бригадир elektrik santekhnik
    ru brigadir
    sv medarbetare handläggare anställd anställda agent rådgivare tekniker ansvarig säljare läkare
    sv lärare förare konsult kontaktperson tilldelad ingenjör montör expedit sjuksköterska
    sv handledare anställningsnummer projektledare teamledare hantverkare tandläkare receptionist
    sv kassör servitör frisör mäklare advokat föreläsare instruktör tränare vårdare reparatör
    sv installatör besiktningsman lösare skiftledare avdelningschef vikarie elektriker rörmokare
    sv snickare vårdgivare kundmottagare lagledare
    th พนักงาน เจ้าหน้าที่ ตัวแทน ช่าง ผู้รับผิดชอบ ที่ปรึกษา แพทย์ ครู คนขับ วิศวกร phanakngan panakngan
    th pnakngan chaonathi jaonathi jaonatee tuathaen changthekhnik phurapphitchop พยาบาล ทนาย
    th แคชเชียร์ ผู้ให้บริการ phayaban phuhaiborikan
    tr çalışan personel temsilci temsilcisi görevli uzman danışman teknisyen sorumlu şoför doktor
    tr öğretmen satıcı müşteritemsilcisi atanan mühendis eleman elemanı memur usta operatör hemşire
    tr çözen kurye garson kuaför avukat dişçi eğitmen antrenör resepsiyonist kasiyer tamirci yetkili
    tr ilgilenen yanıtlayan elektrikçi tesisatçı ustabaşı bakıcı
    uk співробітник співробітники працівник виконавець фахівець фахівці спеціаліст оператор
    uk консультант агент відповідальний інженер лікар вчитель водій продавець менеджерклієнта
    uk pratsivnyk spivrobitnyk vykonavets fakhivets fakhivtsi spetsialist vidpovidalnyi likar
    uk vchytel vodii курєр офіціант перукар юрист тренер касир медсестра майстер консультантка
    uk kurier yuryst trener kasyr maister водії
    ur ملازم ملازمین نمائندہ کارکن افسر ایجنٹ مشیر ماہر اہلکار ڈرائیور استاد mulazim mulazimeen
    ur numainda karkun afsar mushir ahlkar mahir ustad ڈاکٹر نرس وکیل
    vi nhânviên chuyênviên tưvấnviên kỹthuậtviên ngườiphụtrách tổngđàiviên điệnthoạiviên tàixế bácsĩ
    vi giáoviên kỹsư ngườixửlý ngườiphụcvụ ngườibán giảngviên luậtsư thungân ngườigiaohàng ytá
    zh 员工 員工 客服 客服人员 客服人員 专员 專員 坐席 座席 处理人 處理人 处理人员 處理人員 负责人
    zh 負責人 承办人 承辦人 经办人 經辦人 技术员 技術員 工程师 工程師 业务员 業務員 医生 醫生 老师
    zh 老師 司机 司機 顾问 顧問 服务人员 服務人員 销售员 店员 店員 职员 職員 受理人 yuangong kefu
    zh kefurenyuan zuoxi chuliren fuzeren yuangung kefuyuan fuwurenyuan zhiyuan gongchengshi
    zh jishuyuan zhuanyuan yewuyuan yisheng laoshi siji guwen jingbanren chengbanren 讲师 講師 律师
    zh 律師 快递员 快遞員 销售代表 銷售代表 收银员 收銀員 教练 教練 护士 護士 责任人 責任人 受理员
    zh 接待员 导购 客户经理 客戶經理 项目经理 專案經理 解决人 跟进人 操作员 操作員 jiaoshi hushi
    zh lvshi jiaolian zerenren kehujingli caozuoyuan xiaoshouyuan 人员 人員 指派给 指派給 分配给
    zh 分配給 经办 承办 服务员 服務員 配送员 配送員
"""

# A department, a team, a unit, a shift: each is compared with its own past.
PARTS: Final = """
    ar قسم ادارة إدارة فريق وردية qism idara edara fariq fareeq wardiya
    bg отдел екип смяна otdel ekip ekipa smyana
    cs oddělení tým týmy směna odbor oddeleni
    da afdeling vagthold teamet afd
    de abteilung abt fachabteilung referat schicht dezernat fachbereich sachgebiet orgeinheit
    de organisationseinheit
    el τμήμα ομάδα ομάδες βάρδια tmima tmimata omada omades vardia
    en department dept division team unit squad crew tribe org orgunit costcenter costcentre shift
    es departamento equipo turno escuadra cuadrilla depto
    fa بخش تیم دسته شیفت bakhsh daste shift
    fi osasto tiimi työvuoro
    fr département équipe brigade
    he מחלקה צוות משמרת machlaka mahlaka tzevet tsevet mishmeret
    hi विभाग टीम दल vibhag
    hu osztály csapat részleg műszak
    id departemen divisi tim regu
    it reparto dipartimento squadra turno
    ja 部署 部門 チーム 課 係 班 シフト bumon busho chimu
    ko 부서 팀 근무조 교대조 buseo tim geunmujo
    nb avdeling vaktlag skift arbeidslag avd
    nl afdeling ploeg dienstploeg
    pl dział działy zespół zmiana wydział brygada
    pt departamento equipe equipa setor turno
    ro departament echipă echipe tură
    ru отдел отделы команда бригада смена подразделение otdel komanda podrazdelenie brigada smena
    sv avdelning skift arbetslag skiftlag
    th แผนก ทีม ฝ่าย กะ phanaek thim
    tr departman bölüm ekip ekipler ekibi takım vardiya birim
    uk відділ команда зміна підрозділ viddil komanda pidrozdil zmina
    ur شعبہ ٹیم شفٹ shoba shuba team
    vi phòngban bộphận độingũ nhómhỗtrợ độihỗtrợ calàmviệc
    zh 部门 部門 团队 團隊 班组 班組 小组 小組 科室 bumen tuandui banzu xiaozu
"""

# By which help desks know a team. `age_group` and `customer_group` are none.
GROUPS: Final = """
    workgroup schichtgruppe group agentgroup assignmentgroup resolvergroup serviceteam supportgroup
    ticketgroup queue agentqueue supportqueue gruppe grupo gruppo groupe grupp grupa skupina csoport
    ryhma groep hold holdet laget
"""


def words_in(lines: str) -> frozenset[str]:
    """Without the language that each line begins with."""
    return frozenset(word for line in lines.split("\n") for word in line.split()[1:])


def words_of_languages(lines: str, languages: str) -> frozenset[str]:
    """Of the lines that begin with one of these."""
    wanted = languages.split()
    split = [line.split() for line in lines.split("\n")]
    return frozenset(word for line in split if line and line[0] in wanted for word in line[1:])
