"""Names that were made up when the words were written already: see docs/numbers.md."""

FRESH_OF_THOSE_WHO_SERVE = """
    ar alfanni_alm3taz muwadhafeen esm_almandoub ism_almumarrid raqm_alwakil khadamahu
    ar qism_aldaam
    bg otdeli obrabotil_zayavkata ime_konsultant agent_poddrashka pomogna_mi otdel_nomer
    cs oddelenie tymy pracovnik2 kdo_resil vyridil_kdo zamestnanec_jmeno technik_v_terenu
    cs oddeleni_kod smena_tym obchodnik_id
    da kundeservicemedarbejdere sagsbehandlerinitialer betjent_af afdelingskode kundeteam
    da hvem_hjalp teknikernavne serviceafdelingen tekniker_initialer hvem_betjente_dig
    da kundeserviceagent butiksmedarbejder afdeling_nr ekspedientnavn
    de betreut_durch wer_hat_geholfen org_einheit kundenbetr mitarbeitername bedienung_durch
    de supporter_name ansprechperson abteilungsnummer einsatzteam wer_hat_bedient
    de verkaeufer_kuerzel betreuungsperson filialleitung sachbearbeitung teamkuerzel
    de servicemitarbeiter_id kassenkraft
    el tmimata ypeuthinos_logariasmou texnikos_onoma exypiretithike_apo tmima_pwlisewn omada_kod
    en suport_agnet agnts techncian assignedto acct_exec engineer_email_address serviced_by
    en rep_name_2 depts departmentt squad_name techname agentname2 assigne agent_initials repname
    en staffcode handler_ref engineer_on_site crew_id squadname dept_code case_manager cs_rep
    en technician_email who_fixed_it handled_by_id dealt_by support_person_name caller_agent
    en nurse_id shiftname deskteam
    es atendio nombre_tecnico agentes_soporte ejecutivo_cta gerente_de_cuentas
    es departamento_ventas equipo_de_soporte tecnico_nro codigo_empleado resuelto_x
    es nombre_del_tecnico id_agente vendedor_codigo quien_te_atendio agente_que_atendio
    es depto_codigo equipo_tecnico operador_num encargado_nombre cajera_id
    fa karshenase_foroosh modire_hesab nam_karshenas kod_karmand bakhsh_poshtibani
    fi asiakaspalvelijan_nimi kasittelijan_tunnus vastuumyyja tiimit osaston_nimi kuka_palveli
    fi hoitajan_id asentajan_tunnus kuka_auttoi tiimi_koodi osastokoodi palvelija
    fr nom_du_conseiller conseillers_clientele tech_assigne gestionnaire_compte
    fr service_client_equipe responsable_compte vendeuse_nom nom_technicien code_conseiller
    fr qui_vous_a_aide agent_traitant equipe_terrain technicien_sur_site id_vendeur
    fr traite_par_agent
    he shem_haoved mi_tipel mahlaka_id
    hi sahayak_ka_naam vibhag_kod
    hu csapatok ki_segitett ugyfelmenedzser eladonev ugyintezo_kod csapat_nev osztaly_kod
    hu technikus_neve
    id dilayani_oleh kode_karyawan petugasnya nama_teknisi id_pegawai siapa_melayani kode_divisi
    it tecnico_assegnato seguito_da gestore_clienti squadra_vendite addetti_vendita
    it matricola_dipendente codice_operatore tecnico_nome chi_ti_ha_servito reparto_codice
    it squadra_tecnica addetto_nome commessa_id
    ja tantousha_mei bumon_kodo eigyou_tantou sutaffu_mei
    ko buseo_kodeu
    nb saksbehandlernavn team_navn hvem_hjalp_deg teknikere_felt selger_kode hvem_betjente
    nb avdelingskode kunderadgiver_navn team_kode montor_initialer
    nl afgehandeld_door teamnaam accountmanager_nr wie_hielp medewerkercode wie_heeft_geholpen
    nl monteur_naam afdelingscode verkopernaam baliemedewerker
    pl konsultanci zespol_wsparcia kto_pomogl kod_pracownika kto_obsluzyl imie_konsultanta
    pl nazwa_zespolu dzial_kod doradca_nr serwisant_id
    pt-BR nome_atendente gerente_de_contas setores equipe_suporte quem_atendeu consultora_vendas
    pt-BR matricula_funcionario codigo_atendente quem_te_atendeu tecnico_nome equipe_codigo
    pt-BR vendedor_id responsavel_nome setor_codigo
    ro agentul_care_a_raspuns deservit_de echipa_suport cod_angajat cine_te_a_ajutat
    ro nume_tehnician echipa_nume departament_cod
    ru fio_sotrudnika nomer_operatora kto_obsluzhil kod_operatora otdel_kod komanda_nomer
    sv handlaggarens_namn hanterad_av supportteamet vem_hjalpte saljarkod vem_hjalpte_dig
    sv avdelningskod teknikerns_namn kundservicemedarbetare teamkod
    th chue_phanakngan rahat_phanakngan chue_thim
    tr musteri_temsilcisi_adi ilgilenen_personel departmani teknisyenler kim_yardim_etti
    tr personel_kodu kim_ilgilendi temsilci_adi departman_kodu ekip_kodu usta_adi
    uk obsluzhyv khto_dopomih kod_operatora viddil_kod
    ur shoba_code
    vi nguoi_ho_tro phongban doi_ho_tro quan_ly_khach_hang ai_ho_tro ten_ky_thuat_vien
    vi ma_phong_ban ten_doi
    zh-Hans kefu_xingming gongchengshi_id tuandui_id yewuyuan_mingzi
"""
FRESH_OF_OTHERS = """
    ar mintaqa iqlim mantaqa fara almuntaj
    bg oblast grad kategoriya_produkt
    cs mesto okres pobocka kraj_nazev typ_produktu mesto_kod
    da abonnement landsdel sprog kommunekode produktkode
    de produktkode bundeslandkode adresse lieferadresse vertriebsregion produktfamilie
    en shipping_address email_address address_country product_address plan_address who_pays
    en wholesale whole_region whom_for
    es provincia tarifa comunidad_autonoma direccion codigo_postal producto_codigo
    fi maakunta tilaus tuotekoodi kuntakoodi asiakastyyppi
    fr commune adresse code_produit code_region region_administrative qui_paie
    hu megye csomag ki_fizet termek_kod
    id provinsi paket kabupaten alamat kode_pos kode_produk
    it provincia comune indirizzo codice_prodotto cap_codice
    nb abonnement sprak postkode produktkode fylkesnavn
    nl abonnement gemeente productcode adres
    pl wojewodztwo powiat jezyk adres kod_produktu kod_pocztowy
    pt-BR estado municipio codigo_produto endereco cod_regiao
    ro judet abonament oras adresa cod_produs judet_nume
    ru kod_produkta kod_goroda
    sv lan abonnemang sprak postkod produktkod lansnamn
    tr il urun tarife ilce posta_kodu urun_kodu kime
    vi tinh goi_cuoc ma_san_pham ma_tinh ai
    any kundensegment vertriebskanal standort_id artikelgruppe produktgruppe warengruppe
    any altersgruppe zielgruppe equipement equipamento equipo_type squadron sector_code emploi
    any agentur mediaagentur technikart tarifgruppe servicepaket supportlevel support_plan
    any serviceplan garantie gewerk filiale niederlassung werk plz postleitzahl stadt ortsteil
    any agence arrondissement offre abonnement_type type_client secteur secteur_activite gamme
    any modele marque canal_de_contact metier age_tranche tienda sucursal barrio estado_civil
    any municipio producto_id tipo_cliente categoria plan_contratado zona canal_contacto
    any filiale_id regione provincia_sigla offerta tipo_cliente_it canale_contatto
    any piano_tariffario fascia_eta cidade_estado regiao bairro categoria_produto faixa_etaria
    any tipo_plano filial cliente_desde varugrupp produktgrupp kundgrupp tjanst region_kod
    any landsting butikknamn varegruppe kundegruppe tjeneste postnummer postort kjonn
    any kategoria_produktu typ_klienta gmina grupa_wiekowa marka plan_taryfowy pobocka_mesto
    any kategorie typ_zakaznika znacka pojistovna skupina_produktu bolt korcsoport varmegye
    any termekcsoport ugyfeltipus csatorna_tipus toko cabang kategori_produk jenis_pelanggan
    any kecamatan paket_langganan umur sube urun_grubu musteri_tipi mahalle kampanya abonelik
    any categorie_produs tip_client localitate grupa_varsta magazin_gorod kategoriya tip_klienta
    any rayon produkt_gruppa tiep_thi cua_hang loai_khach nhom_tuoi quan_huyen tinh_thanh
    any san_pham_nhom kenh_ban katastima polh katigoria perioxi tipos_pelati menu mitarbeiterzahl
    any agent_version staff_size employees_count team_plan crm_stage onboarding_stage tenure_years
    any mrr_band vertical company_size ticket_type channel_id browser_family ab_variant store_size
    any route depot hotel_room course_year semester class_type grade_level subject clinic_site
    any visit_type appointment_type
"""
