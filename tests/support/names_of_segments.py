"""Names that somebody may give a segment, each line of a language of the catalogues."""

# For whoever serves, and for a part of a company: by case, number, gender, compound and spelling.
OF_THOSE_WHO_SERVE = """
    ar الموظف موظف_الدعم almuwazaf muwazaf_id wakeel_khidma mas'oul_alhisab الفني فريق_الدعم alqism
    ar mohandes ism_almuwazaf اسم_الموظف raqam_almuwazaf الموظف_المسؤول اسم_الوكيل اسم_المهندس
    ar السائق مندوب_المبيعات موظف_الاستقبال
    bg служител служители konsultanti sluzhitel_id otgovornik_ime specialist_poddrazhka екип отдел
    bg tehnik ime_na_sluzhitel tehnik_id ime_na_ekip служителя konsultanta лекари инженери
    cs zaměstnanec zamestnanci pracovnik_podpory technici resitel_tiketu operatorka oddělení poradce
    cs pridelen_komu jmeno_pracovnika technik_id vyridil resitel obchodni_zastupce id_operatora
    cs nazev_oddeleni zamestnance poradkyne operatori zpracovatele ridice prodavac lekare
    cs zamestnanec_id prodavacka
    da medarbejdere medarbejderen sagsbehandlere kundeansvarlig kunderådgiver behandletAf
    da servicemedarbejder afdelinger ansvarlig raadgiver_navn tekniker kundekonsulent
    da servicetekniker sagsbehandlernavn lægens_navn løst_af tildelt_til afdelingsnavn ekspedienten
    da sælgere rådgiverens_navn ansvarlig_medarbejder butiksassistent kørelærer medarbejder_nr
    de Kundenbetreuer kundenbetreuer_id Sachbearbeiterin mitarbeiter_nr bearbeitet_von Zuständiger
    de serviceagent Ansprechpartnerin Techniker_Name berater_kuerzel kundenberater supporttechniker
    de Schichtleiter zugewiesen_an Arzt fahrer lehrerin Vertriebsmitarbeiter fachabteilungen
    de SupportMitarbeiterin hotline_mitarbeiter_id kundendienstmitarbeiter Sachbearbeiter-Nr
    de monteure aussendienstmitarbeiter pflegekraft lehrkraft_name dozent bediener verkaeuferin
    de geloest_von erledigt_durch kundenbetreuerin filialleiter projektleiter teamname schichtgruppe
    de verkaufsberaterin kundenservice_mitarbeiter zugeteilter_techniker pflegerin hotliner
    de bearbeiterkennung filialmitarbeiter betreuer_name sachbearbeiter_kz beraterin_id monteur_nr
    de vermittler schalterpersonal Serviceberaterin Betreuer_ID kassiererin hausarzt geliefert_von
    de fachberater_nummer verantwortlich gesundheitsberater fachverkäufer techniker_vor_ort
    de kundendienstberaterin empfangsdame einsatzleiter
    el υπάλληλος υπάλληλοι ypallilos_id technikos ekprosopos σύμβουλος eksypiretisi_apo τμήμα omades
    el symvoulos onoma_ypallilou texnikos_id omada_ypostiriksis ypallilou technikoi symvouloi odigoi
    el giatroi
    en serviceagent support_engineer AccountManager handlers case_handler_id assignee2 accountRep
    en field_technicians technician_initials driver doctor_name teacherId nurse sales_consultant
    en adviser_alias servedBy closedby handled_by_name who_helped squads team_id shifts
    en account_executive_name relationship_manager staffer_login rep_no supportAgentId
    en ticket_handlers case_worker sales_rep_id account_rep assigned_technician solved_by_id fixedBy
    en lead_engineer dispatcher_name on_duty_nurse ward_doctor driver_id courier_name
    en delivery_driver tutor_id instructor therapist_name barista receptionist_id cashier_number
    en stylist_name fulfilled_by picked_by packed_by repairman installer auditor inspector_name
    en consultant_email customer_success_manager tam_name csm relationship_owner case_lead team_lead
    en deptId subteam workgroup shift_id helpdesk_agent_2 TicketOwnerName escalation_engineer
    en resolver_id onboarding_specialist claims_handler loan_officer care_worker_id field_rep
    en service_advisor_code technicianEmail approved_by_agent account_mgr bank_teller valet_name
    en fitter surveyor caller_operator closer_name respondent_agent chat_agent supportRep_id
    en customer_advocate taken_by shift_team agent_fullname AgentUUID case_agent support_analyst_id
    en engineers_name claims_adjuster bus_driver assigned_nurse helpdesk_operator_no served_by_id
    en dealt_with_by techLead service_rep ownerId frontline_worker_name callcentre_agent
    en relationshipManagerId field_operative claims_specialist billing_clerk practitioner
    en accountDirector repCode wrangler_id escort_name guard_name
    es agente_asignado tecnicos asesora nombre_del_agente empleados atendido_por ejecutivo_de_cuenta
    es gestor_de_cuenta responsables encargado operadora departamentos turno consultora conductor
    es medico profesora nombre_agente id_empleado tecnico_asignado resuelto_por asignado_a
    es ejecutivo_cuenta responsable_caso operario_id enfermero equipo_soporte asesores vendedora_id
    es tecnico_campo operario_nombre gestora_cuenta atendida_por empleado_num encargados_turno
    es medicos realizado_por agente_telefonico limpiador dependienta ejecutiva_ventas
    fa karmandan کارمند کارشناس پاسخگو moshaver_id karshenas_poshtibani تیم modir_hesab nam_karmand
    fa نام_کارمند karshenas_id کارشناس_پشتیبانی نام_مشاور نام_راننده
    fi työntekijä tyontekijat kasittelija_id asiakaspalvelijan vastuuhenkilot tukihenkilo tiimin
    fi käsittelijä asiakasvastaava kuljettaja opettaja lääkäri asiakasneuvoja huoltomies
    fi asiakaspalvelija_id hoitaja_nimi tyontekijan_nimi myyja tiimin_nimi kasittelijan_nimi
    fi asiakaspalvelijat asentajat neuvojan_id hoitajan_nimi opettajan_nimi kuljettajat
    fi asiakasneuvojan hoitohenkilo myyjan_nimi
    fr conseiller_client chargé_de_clientèle techniciens traite_par employés agent_responsable
    fr nom_du_technicien interlocuteur gestionnaires équipe collaboratrice chauffeur médecin
    fr enseignant chef_d_equipe commercial_attribue nom_conseiller employe_id technicien_terrain
    fr charge_affaires gestionnaire_sinistre resolu_par assigne_a charge_de_compte matricule_agent
    fr service_equipe conseillere technicien_id nom_agent intervenant_terrain vendeurs
    fr pris_en_charge_par formatrice medecin_traitant vendeuse_id operateur_nom effectue_par
    fr charges_clientele agent_accueil hotesse conseiller_id chauffeur_livreur
    he נציג נציגת_שירות oved_id ovdim natzig metapel_shem צוות מחלקה technai shem_hanatzig שם_הנציג
    he oved_shem שם_העובד נציג_מכירות הנהג שם_המורה
    hi कर्मचारी प्रतिनिधि karmchari_id karmachariyon sahayak_naam विभाग तकनीशियन sevak
    hi karmchari_ka_naam सहायक_का_नाम karmchari_sankhya कर्मचारी_नाम sahayak_id चालक_नाम विक्रेता
    hi कर्मचारी_आईडी
    hu ügyintéző ugyintezok munkatarsak kezelo_nev alkalmazottak felelos_id technikus osztályok
    hu tanácsadó ügyfélszolgálatos muszak ugyintezo_neve szerviztechnikus ertekesito ugyfelfelelos
    hu orvos_neve csapat_neve ugyintezonev tanacsadok szereloje kezeles_felelose tanarok sofor_neve
    hu eladok_neve ugyfelszolgalatos
    id karyawan_nama petugas_layanan pegawainya teknisi agen_id penanggung_jawab konsultan
    id tim_dukungan divisi supir guru dokter nama_petugas teknisi_lapangan ditangani_oleh nama_tim
    id karyawanku petugas_lapangan konsultannya guru_nama sopirnya staf_penjualan
    it operatori impiegata addetti_assistenza consulenti tecnico_id risolto_da responsabile
    it gestore_cliente nome_operatore referenti squadre autista reparti assegnato_a id_operatore
    it nome_tecnico gestito_da responsabile_caso referente_cliente agente_vendita medico_curante
    it nome_squadra consulente_id venditori tecnici_esterni addetto_vendite seguita_da dipendenti
    it operatrici eseguito_da portiere centralinista consulente_vendite
    ja 担当者 担当者名 スタッフ オペレーター tantousha_id tanto_sha kakariin 従業員 営業担当 部署
    ja チーム エージェント tantosha_mei 担当者ID tanto_id 担当社員 部署名 担当スタッフ
    ja オペレーター名 対応スタッフ eigyo_tanto 配送ドライバー 店員名 講師名 窓口担当 営業マン
    ko 담당자 담당자명 상담원 직원 상담사 damdangja_id sangdamsa jigwon_beonho 팀 부서 gisulja
    ko damdangja_ireum 담당직원 sangdamwon_id 담당부서 상담원명 처리담당자 담당의사 강사명 운전기사
    ko 창구직원 상담사명
    nb saksbehandlere ansvarlig kundebehandleren kunderådgiver rådgiver_navn behandler løst_av
    nb behandlet_av tekniker kontaktperson ansatte selgere avdelinger kundeansvarlig_id lærer lege
    nb sjåfør konsulenter vaktlag saksbehandler_navn kundeveileder montører ansattnummer
    nb servicemedarbeider løser tildelt_til fagansvarlig prosjektleder håndtverker helsesekretær
    nb avdelingsnavn supportteam kundebehandler_id rådgivere saksbehandler2 tannleger vaktleder
    nb bilselger førstelinjeansatt løst_av_id selgerens_navn medarbeidere_id utført_av konsulentnavn
    nb behandlende_lege kundeservicemedarbeideren førstelinje_ansatt lærers_navn utekonsulent
    nl behandelaar_id medewerkers adviseurs klantadviseur opgelost_door monteur accountmanagers
    nl toegewezen_aan servicemedewerker afdelingen ploeg chauffeur docent arts verantwoordelijke
    nl begeleider servicemonteur klantenservicemedewerker zaakbehandelaar accountbeheerder_naam
    nl behandeld_door hulpverlener afdelingsnaam verkopers klantenservice_agent begeleiders_naam
    nl behandelend_arts adviseur_id medewerkernaam monteurs uitgevoerd_door winkelmedewerker
    nl thuiszorgmedewerker klantbegeleider
    pl pracownicy konsultanta opiekunowie doradcy obsługujący pracownik_nr obsluzony_przez
    pl przypisany_do działy specjalista technik kierowca nauczyciel lekarz opiekun_klienta
    pl imie_pracownika konsultant_id opiekun_handlowy obsluga_przez technik_serwisu kurier
    pl sprzedawcy nazwa_dzialu doradca_klienta pracownikow konsultantka obslugujacy_id
    pl rozwiazane_przez serwisanta lekarza kierowcy wykonane_przez ekspedient telemarketer
    pt-BR atendentes técnico_responsável funcionaria analistas gestor_de_conta resolvido_por
    pt-BR colaboradores consultora atribuido_a operadores equipes motorista medico professor
    pt-BR vendedor id_atendente nome_do_analista tecnico_campo atendido_por responsavel_ticket
    pt-BR consultor_vendas enfermeiro nome_equipe consultores atendente_nome vendedora
    pt-BR tecnico_externo atendida_por responsavel_conta motoristas realizado_por funcionarios_nome
    pt-BR balconista gerente_conta atendente_loja
    ro angajați consilieri operatori agent_suport tehnician rezolvat_de specialistul responsabil
    ro echipe departamente consultanti sofer medic profesor nume_angajat agent_vanzari
    ro rezolvat_de_catre medic_curant tehnician_teren nume_echipa consilierul operatorul_id
    ro angajatului tehnicienii profesori soferul
    ru сотрудник сотрудники специалист_поддержки sotrudniki ispolnitel_id otvetstvennyi
    ru menedzher_klienta operatory konsultanty консультант отделы komandy ответственный voditel
    ru vrach imya_sotrudnika menedzher_po_prodazham tabelnyi_nomer_sotrudnika naznacheno_komu
    ru nazvanie_otdela сотрудник_id sotrudnika konsultanta spetsialista_id мастера сотрудника_имя
    ru учителя водителя инженеры операторы менеджер_клиента kurator_id
    sv handläggare handlaggaren medarbetarna kundtjänstmedarbetare tekniker_namn ansvarig löst_av
    sv tilldelad_till rådgivarna säljare avdelningar skift läkare lärare förare kontaktperson
    sv handläggarens_namn ärendehandläggare kundrådgivare servicetekniker anställningsnummer
    sv kundansvarig chaufförer teamnamn avdelningsnamn säljaren kundtjänsthandläggare lärarens_id
    sv ansvarig_handläggare teknikern expeditens_namn konsulten utförd_av vårdgivare kundmottagare
    sv lagledare butikssäljare
    th พนักงาน เจ้าหน้าที่ phanakngan_id chaonathi_name ทีม แผนก chang_thekhnik ชื่อพนักงาน
    th phanakngan_name chaonathi_id เจ้าหน้าที่ดูแล พนักงานขาย ครูผู้สอน พนักงานบริการ
    tr çalışan calisanlar temsilciler müşteri_temsilcisi uzmanı personeli danışman teknisyen
    tr gorevli_ad ekipler atanan_kisi vardiya sofor doktor ogretmen sorumlu calisan_adi
    tr musteri_danismani satis_temsilcisi teknik_uzman cozen_kisi ekip_adi calisanin_adi temsilci_id
    tr uzmanlar danismanlar ogretmenler doktorun_adi hasta_bakici musteri_sorumlusu
    uk співробітник співробітники працівник fakhivtsi vykonavets_id spetsialist vidpovidalnyi
    uk команда відділ menedzher_kliyenta likar imya_pratsivnyka operator_pidtrymky nazva_viddilu
    uk спеціаліста працівника_ім'я fakhivtsia лікаря водії
    ur ملازم نمائندہ mulazimeen numainda_id karkun ٹیم شعبہ afsar mulazim_ka_naam numainda_ka_naam
    ur نمائندہ_نام ڈرائیور_نام
    vi nhân_viên nhan_vien_ho_tro tu_van_vien chuyen_vien_id ky_thuat_vien nguoi_phu_trach phòng_ban
    vi nhan_vien_cskh doi_ngu tai_xe bac_si ten_nhan_vien ma_nhan_vien nhan_vien_ban_hang
    vi ten_doi_ngu nhanvien_id kythuatvien ten_tuvanvien ten_tai_xe giao_vien nhan_vien_giao_hang
    zh-Hans 员工 客服 客服人员 处理人 负责人 yuangong_id chuliren kefu_name 团队 部门 技术员
    zh-Hans fuwu_renyuan zhiyuan kefu_id 客服工号 chuli_ren 负责人姓名 部门名称 客服姓名 处理人ID
    zh-Hans 跟进人员 指派给 司机姓名 医生编号 老师 理财顾问 配送员 客服编号
    zh-Hant 員工 客服專員 處理人員 負責人 承辦人 yuangong 團隊 部門 業務員 gongchengshi
    ar mushrif muhasib sayidali hallaq masool mudir_alhisab مدير_الحساب خبير مشرف محاسب صيدلي
    ar mudir_alhisab_id almushrif
    bg prodavach menidzhar_klient ekspert obsluzhvasht blagajnik мениджър_клиент продавач експерт
    bg техникът menidzhar_akaunt koordinatora ekipa_ime
    cs vedouci_tymu spravce_uctu odbornice obsluhujici manazer_uctu
    da kundechef holdleder hold
    de sachbearb helfer kundendienstler ma_nr mitarbeiterkennzeichen fachkraefte ausfuehrender
    de key_accounter aussendienstler pflegefachfrau sb_kuerzel einsatzkraft ag_name bearbeitende
    de objektleiter
    el exypiretitis exipiretitis ekpaideytis proistamenos ypeythinos_pelati symboulos συνεργάτης
    el προϊστάμενος εξυπηρετητής pelatis_manager synergatis onoma_ypallhlou ypallhlos
    en acct_mgr ae_name kam oncall sales_person sales_exec personnel personnel_no beautician chef
    en cook coordinator coordinator_id line_manager manager_name account_lead hcp gp_name gp
    en dental_hygienist realtor loan_originator librarian associate associate_id
    en teammate agt_id agnt tsr cse tse support_person accountmgr cs_manager care_coordinator
    en store_manager_id branch_manager case_coordinator sales_associate
    es tramitador quien_atendio asignatario jefe_de_tienda coordinador auxiliar farmaceutico
    es cuadrilla cuadrilla_nombre ayudante azafata albanil
    fa sarparast forooshande سرپرست فروشنده مدیر_حساب motasaddi متصدی modir_moshtari kargozar
    fi vastuuhlo asiakkuuspaallikko siivooja tiiminvetaja ryhmanvetaja
    fr chef_de_projet encadrant animatrice kine pharmacien menuisier ouvrier cuisinier delegue
    he menahel_tik menahel_lakoach מנהל_לקוח מנהל_תיק מוכרן מוקדן מוקדנית רוקח טבח mokdan
    he menahel_lakoach_id
    hi vikreta khata_prabandhak sahayogi सहयोगी खाता_प्रबंधक kaarigar कारीगर prabandhak_naam
    hi ejent_naam
    hu kapcsolattarto kapcsolattarto_neve felelos_szemely uzletkoto takarito gondozo gyogyszeresz
    hu csoport_neve csapatvezeto ugyintezo_azonosito kezelo_azonosito
    id manajer_akun wiraniaga pramuniaga tenaga_ahli ahli koordinator asisten apoteker pendamping
    id manajer_klien
    it preso_in_carico_da risolutore ingegnere capoturno farmacista animatore cuoco funzionario
    ja kangoshi kyoushi sensei untenshu 担当医 担任 店長 主治医 調理師 コーディネーター
    ja マネージャー名 リーダー名 ヘルパー eigyouin uketsuke_sha
    ko jikwon chaegimja_myeong gyosu 팀장 점장 교수 약사 헬퍼 buseo_myeong damdang_jikwon
    ko gisa_ireum jikwon_id
    nb kundekontakt fagperson kundesjef gruppeleder kokk farmasoyt avd avd_navn laget
    nl accounthouder begeleidster kok apotheker schoonmaker verkoopster uitvoerder
    nl coordinator_naam leidinggevende casemanager dossierbeheerder
    pl kierownik osoba_obslugujaca osoba_odpowiedzialna prowadzacy ksiegowy farmaceuta
    pt-BR gerente_de_conta coordenador farmaceutico corretor representante depto motoboy
    ro agent_nume functionar manager_cont vanzatoare coordonator farmacist bucatar gestionar
    ru imya_menedzhera prodavec tabelnyy_nomer kto_reshil фармацевт воспитатель обслуживший
    ru menedzher_akkaunta fio_menedzhera
    sv kundchef kock apotekare bitrade butiksbitrade arbetsledare anstallningsnr
    th phuchuai phudulae ผู้ช่วย ผู้ดูแล เซลส์ kru_phuson
    tr hesap_yoneticisi takim_lideri asistan tezgahtar eczaci asci temsilcinin_adi gorevlinin_adi
    uk vidpovidalna_osoba kerivnyk продавчиня керівник вихователь фармацевт pib_menedzhera
    ur karinda muntazim khata_manager منتظم کارندہ کیشیئر نگران nigran
    vi nv_ho_tro ten_nv quan_ly_tai_khoan to_truong truong_nhom nguoi_tiep_nhan cham_soc_vien
    vi duoc_si dau_bep
    zh-Hans yuangong_xingming fuzeren_xingming xiaoshou_renyuan shifu zhuguan dianzhang yaoshi
    zh-Hans bumen_mingcheng jishu_renyuan 客户代表 主管 店长 师傅 药师 厨师 销售经理 美容师 导游
    zh-Hans 护工 保姆 班主任 yuangong_bianhao chuliren_xingming
"""

# Of whoever answers, of the thing or the place: none of them tells who served.
OF_OTHERS = """
    ar منتج المدينة manteqa lugha
    bg produkt region ezik продукт plan
    cs produkt kraj pobočka prioritka zařízení jazyk
    da produkt kanal etage kundetype prioritet by aftale
    de Produkt tarif standort kanal Stockwerk prioritaet kundengruppe vertrag gerät sprache ort
    de Filiale anliegen arbeitsplatz beratung betreuung technik vertragsart produktlinie tarifname
    de vertragslaufzeit bundesland stadtteil geraetetyp betriebssystem zahlungsart kundenart
    de auftragsart bestellkanal raum gebaeude kostenart fehlerart dringlichkeit
    el προϊόν kanali poli orofos glossa
    en product plan site channel region floor priority device language country city building
    en industry tier segment customer_type contract age_group browser os version campaign store
    en branch warehouse brand reagent homeowner steam community tech_stack agency operation employer
    en topic reason contact_reason tenure seniority job_family employee_count agent_type
    en office_team_size issue category severity market currency persona source medium weekday hour
    en household membership homepage driver_version doctorate teachable stage stagecoach fintech
    en approved removed package family image role manager customer account product_line plan_name
    en pricing_tier site_code sales_region sales_channel building_floor priority_level device_type
    en os_version app_version locale currency_code order_size delivery_slot payment_method
    en account_tier account_age customer_since contract_length renewal_month seats usage_band
    en feature module workspace environment cluster datacenter incident_type request_type queue_time
    en wait_time resolution_time first_response channel_detail survey_wave cohort experiment variant
    en persona_type household_size marital_status education income_band language_code timezone
    en county province postcode store_id shop terminal gate flight_class cabin room_type hotel
    en property venue event course grade school_year campus ward_type clinic treatment diagnosis
    en vehicle_model fuel brand_name category_id campaign_id referrer landing_page medium_type
    en subscription trial invoice_type claim_type policy loan_type portfolio asset_class
    es producto canal sede planta prioridad idioma pais ciudad tipo_de_cliente contrato origen
    es imagen asunto sector linea_producto tipo_contrato canal_venta piso idioma_cliente antiguedad
    es urgencia
    fa محصول shahr zaban mantaghe
    fi tuote kanava kerros kieli paikkakunta asiakasryhmä laite toimipiste tuotelinja sopimustyyppi
    fi kaupunki myyntikanava ikaryhma
    fr produit canal site étage priorité langue pays ville type_de_client contrat forfait appareil
    fr magasin motif gamme_produit type_contrat ville_client canal_vente etage_batiment
    fr langue_client mode_paiement anciennete urgence
    he מוצר ir safa ezor
    hi उत्पाद shahar bhasha kshetra
    hu termék csatorna emelet nyelv orszag telephely eszkoz
    id produk saluran lantai bahasa negara prioritas perangkat kota lini_produk jenis_kontrak
    id saluran_penjualan usia
    it prodotto canale sede piano lingua paese contratto dispositivo negozio linea_prodotto
    it tipo_contratto citta canale_vendita piano_edificio eta urgenza
    ja 製品 地域 言語 seihin chiiki seihin_mei 契約種別 chiiki_mei
    ko 제품 지역 언어 jepum jiyeok
    nb produkt kanal etasje prioritet sted språk enhetstype kundetype land butikk bygg avtale
    nb ansiennitet produktlinje kontraktstype by_navn salgskanal etasje_nr språkvalg betalingsmåte
    nb fylke kommune alder hastegrad
    nl product kanaal verdieping prioriteit taal land vestiging klanttype apparaat productlijn
    nl contractsoort stad verkoopkanaal betaalwijze provincie leeftijd
    pl produkt kanał piętro priorytet język kraj oddzial_miasto urzadzenie sklep linia_produktow
    pl typ_umowy miasto kanal_sprzedazy pietro wiek
    pt-BR produto canal andar prioridade idioma pais cidade dispositivo loja plano linha_produto
    pt-BR tipo_contrato canal_venda andar_predio idade
    ro produs canal etaj prioritate limba tara dispozitiv magazin
    ru продукт регион язык produkt kanal gorod strana liniya_produktov tip_dogovora kanal_prodazh
    ru vozrast
    sv produkt kanal våning prioritet språk ort kundtyp enhetstyp butik produktlinje avtalstyp
    sv stadsdel försäljningskanal våningsplan län kommun ålder
    th ผลิตภัณฑ์ ภูมิภาค
    tr ürün kanal kat öncelik dil ulke sehir cihaz magaza bolge urun_hatti sozlesme_tipi
    tr satis_kanali yas
    uk продукт регіон мова kanal misto
    ur مصنوعات shehar zuban
    vi san_pham kenh tang ngon_ngu khu_vuc thanh_pho
    zh-Hans 产品 地区 语言 chanpin diqu chanpinxian hetong_leixing chengshi
    zh-Hant 產品 地區 語言 優先級
    en user_agent browser_agent property_owner car_owner pet_owner reseller network_operator
    en branch_code store_name shift_type sales_office account_code success_plan project_type
    en assistance_level associate_degree cooking_class bakery virtual_assistant manager_level
    en director_level ae_type on_hold hold_music key_market
    es tamano_equipo tipo_equipo nombre_cliente cuenta_tipo
    id ukuran_tim
    pt-BR setor_atividade nome_cliente tipo_conta
    tr ekip_buyuklugu hesap_turu musteri_adi
    de helferprogramm filialname schichtmodell kundenname dienstleistungsart
    fr compte_type nom_client type_equipement
    it nome_cliente tipo_conto
    hi khata_prakar grahak_naam
    ru imya_klienta tip_scheta
"""


def names_by_language(lines: str) -> list[tuple[str, str]]:
    """Each name with its language."""
    found = [line.split() for line in lines.strip().split("\n")]
    return [(language, name) for language, *names in found for name in names]
