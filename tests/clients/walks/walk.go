// A walk with the client that OpenAPI Generator makes.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"walk/heed"
)

const survey = "walk-go"

func main() {
	settings := heed.NewConfiguration()
	settings.Servers = heed.ServerConfigurations{{URL: os.Getenv("HEED_API")}}
	settings.AddDefaultHeader("Authorization", "Bearer "+os.Getenv("HEED_KEY"))
	client, now := heed.NewAPIClient(settings), context.Background()

	body := heed.NewSurveyBody("Walk", "internal", "IT")
	body.SetQuestion("How was it?")
	body.SetSuccess("People get back to work within a day.")
	_, _, err := client.SurveysAPI.PutSurvey(now, survey).SurveyBody(*body).Execute()
	check(err == nil, err)

	invite := client.InvitationsAPI.Invite(now, survey).IdempotencyKey(survey).
		InvitationBody(*heed.NewInvitationBody("walk-go@example.com"))
	first, _, err := invite.Execute()
	check(err == nil, err)
	again, _, err := invite.Execute()
	check(err == nil && first.Id == again.Id, err)

	scores, _, err := client.ScoresAPI.ShowScores(now, survey).Execute()
	check(err == nil && scores.GetSays() == "no answers", err)

	due := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Second)
	for number := range 3 {
		task := heed.NewTaskBody(survey, fmt.Sprintf("Ring %d", number), due)
		key := fmt.Sprintf("%s-%d", survey, number)
		_, _, err := client.TasksAPI.OpenTask(now).TaskBody(*task).IdempotencyKey(key).Execute()
		check(err == nil, err)
	}

	found := map[string]bool{}
	page := client.TasksAPI.ListTasks(now).Survey(survey).Limit(2)
	for {
		tasks, _, err := page.Execute()
		check(err == nil, err)
		for _, task := range tasks.Items {
			found[task.Id] = true
		}
		if tasks.Next.Get() == nil {
			break
		}
		page = page.Cursor(*tasks.Next.Get())
	}
	check(len(found) == 3, len(found))

	_, answer, err := client.SurveysAPI.ShowSurvey(now, "walk-nowhere").Execute()
	check(err != nil && answer.StatusCode == 404, err)
	fmt.Printf("%s: %d tasks\n", survey, len(found))
}

func check(holds bool, told any) {
	if !holds {
		log.Fatal(told)
	}
}
