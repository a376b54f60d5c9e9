"""The floor: a page and a form on bare Chalice with one boto3 client, a read and a write."""

import os

import boto3
from chalice.app import Chalice, Response

app = Chalice(app_name="bare", configure_logs=False)
table = os.environ["HEED_TABLE"]
dynamodb = boto3.client("dynamodb")


@app.route("/r/{token}/{score}", methods=["GET"], content_types=["*/*"])
def show(token: str, score: str) -> Response:
    dynamodb.get_item(TableName=table, Key=_key(token), ConsistentRead=True)
    return Response(f"<p>{score}</p>", headers={"Content-Type": "text/html"})


@app.route("/r/{token}", methods=["POST"], content_types=["*/*"])
def take(token: str) -> Response:
    dynamodb.put_item(
        TableName=table, Item=_key(token) | {"said": {"S": app.current_request.raw_body.decode()}}
    )
    return Response("<p>Thank you.</p>", headers={"Content-Type": "text/html"})


def _key(token: str) -> dict[str, dict[str, str]]:
    return {"PK": {"S": f"BARE#{token}"}, "SK": {"S": "BARE"}}
