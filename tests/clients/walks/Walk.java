// A walk with the client that OpenAPI Generator makes.
import heed.ApiClient;
import heed.ApiException;
import heed.api.InvitationsApi;
import heed.api.ScoresApi;
import heed.api.SurveysApi;
import heed.api.TasksApi;
import heed.model.InvitationBody;
import heed.model.SurveyBody;
import heed.model.TaskBody;
import heed.model.TaskList;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;

public class Walk {
    private static final String SURVEY = "walk-java";

    public static void main(String[] arguments) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("HEED_API"));
        String key = "Bearer " + System.getenv("HEED_KEY");
        client.setRequestInterceptor(request -> request.header("Authorization", key));

        SurveysApi surveys = new SurveysApi(client);
        SurveyBody survey = new SurveyBody().name("Walk").question("How was it?").team("IT")
            .audience(SurveyBody.AudienceEnum.INTERNAL)
            .success("People get back to work within a day.");
        surveys.putSurvey(SurveysApi.APIPutSurveyRequest.newBuilder()
            .survey(SURVEY).surveyBody(survey).build());

        InvitationsApi.APIInviteRequest invite = InvitationsApi.APIInviteRequest.newBuilder()
            .survey(SURVEY).idempotencyKey(SURVEY)
            .invitationBody(new InvitationBody().email("walk-java@example.com")).build();
        InvitationsApi invitations = new InvitationsApi(client);
        expect(invitations.invite(invite).getId(), invitations.invite(invite).getId());

        expect("no answers", new ScoresApi(client).showScores(
            ScoresApi.APIShowScoresRequest.newBuilder().survey(SURVEY).build()).getSays());

        TasksApi tasks = new TasksApi(client);
        OffsetDateTime due = OffsetDateTime.now().plusDays(1).withNano(0);
        for (int number = 0; number < 3; number++) {
            TaskBody task = new TaskBody().survey(SURVEY).note("Ring " + number).dueAt(due);
            tasks.openTask(TasksApi.APIOpenTaskRequest.newBuilder()
                .taskBody(task).idempotencyKey(SURVEY + number).build());
        }
        Set<String> found = new HashSet<>();
        String cursor = null;
        do {
            TaskList page = tasks.listTasks(TasksApi.APIListTasksRequest.newBuilder()
                .survey(SURVEY).limit(2).cursor(cursor).build());
            page.getItems().forEach(task -> found.add(task.getId()));
            cursor = page.getNext();
        } while (cursor != null);
        expect(3, found.size());

        try {
            surveys.showSurvey(SurveysApi.APIShowSurveyRequest.newBuilder()
                .survey("walk-nowhere").build());
            throw new AssertionError("a survey that there is not");
        } catch (ApiException error) {
            expect(404, error.getCode());
        }
        System.out.println(SURVEY + ": " + found.size() + " tasks");
    }

    private static void expect(Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new AssertionError("expected " + wanted + ", found " + found);
        }
    }
}
