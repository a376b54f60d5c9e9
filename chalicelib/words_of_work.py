"""Words for those who serve and for parts of a company, in every language of the catalogues, as
they are written in the name of a segment: a to z. Pure.

Each line begins with its language. Endings that only say how somebody is identified are taken off
before a look-up, and an s at the end.
"""

from typing import Final

# An employee, an agent, a case worker, whoever manages an account.
SERVED: Final = """
    ar muwazzaf muwazaf muwadhaf wakil amil mandoub mandub masoul
    bg sluzhitel slujitel agent operator konsultant otgovornik
    cs zamestnanec pracovnik operator resitel zpracovatel
    da medarbejder sagsbehandler ansat behandler kundeansvarlig
    de mitarbeiter mitarbeiterin bearbeiter bearbeiterin sachbearbeiter angestellter berater
    de betreuer kundenbetreuer ansprechpartner techniker zustaendiger
    el ypallilos yperaillos ektelestis antiprosopos diaxeiristis
    en accountmanager advisor adviser agent analyst assigned assignee attendant caseworker
    en caseowner clerk coach consultant csm csr dispatcher emp employee engineer fixer handler
    en helper operator owner rep representative resolver responsible salesperson seller solver
    en specialist staff staffer supporter tech technician worker
    es agente empleado empleada tecnico asesor trabajador responsable gestor ejecutivo
    fa karmand karshenas pasokhgo namayande
    fi tyontekija kasittelija asiakaspalvelija asiantuntija vastuuhenkilo
    fr employe employee collaborateur conseiller intervenant salarie technicien gestionnaire
    he oved nazig sochen metapel
    hi karmchari karmachari pratinidhi sahayak
    hu ugyintezo alkalmazott munkatars dolgozo ugynok
    id karyawan pegawai petugas agen penanggungjawab
    it impiegato operatore addetto dipendente consulente tecnico incaricato referente
    ja tantosha tantousha shain operetta
    ko jigwon sangdamwon damdangja
    nb ansatt saksbehandler medarbeider kundebehandler radgiver
    nl medewerker behandelaar werknemer adviseur accountbeheerder
    pl pracownik konsultant opiekun doradca
    pt agente atendente funcionario colaborador empregado analista
    ro angajat operator consilier lucrator
    ru sotrudnik rabotnik ispolnitel spetsialist konsultant
    sv medarbetare handlaggare anstalld agent radgivare
    th phanakngan panakngan chaonathi
    tr calisan personel temsilci gorevli uzman
    uk pratsivnyk spivrobitnyk vykonavets fakhivets
    ur mulazim numainda karkun
    vi nhanvien chuyenvien tuvanvien
    zh yuangong kefu kefurenyuan zuoxi chuliren fuzeren yuangung kefuyuan
"""

# A department, a team, a unit: each is compared with its own past.
PARTS: Final = """
    ar qism idara fariq
    bg otdel ekip
    cs oddeleni tym
    da afdeling
    de abteilung fachabteilung referat
    el tmima omada
    en department dept division team unit squad crew tribe org orgunit costcenter costcentre
    es departamento equipo
    fa bakhsh daste
    fi osasto tiimi
    fr departement equipe
    he machlaka mahlaka tzevet
    hi vibhag
    hu osztaly csapat reszleg
    id departemen divisi
    it reparto dipartimento squadra
    ja bumon busho
    ko buseo
    nb avdeling
    nl afdeling
    pl dzial zespol
    pt departamento equipe setor
    ro departament echipa
    ru otdel komanda podrazdelenie
    sv avdelning
    th phanaek
    tr departman bolum ekip
    uk viddil
    ur shoba
    vi phongban
    zh bumen tuandui
"""

# By which help desks know a team. `age_group` and `customer_group` are none.
GROUPS: Final = """
    group agentgroup assignmentgroup resolvergroup serviceteam supportgroup ticketgroup queue
    agentqueue supportqueue
"""


def words_in(lines: str) -> frozenset[str]:
    """Without the language that each line begins with."""
    return frozenset(word for line in lines.split("\n") for word in line.split()[1:])
