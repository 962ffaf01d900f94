//! The Worker in front: whatever is asked is asked of the one Durable Object. Archives go from the bucket to the caller and
//! never through the object, so that downloads neither wait for it nor keep it.

use crate::translate::{self, Handed};
use crate::{FEDERATION, PLUGIN_BUCKET, blobs};
use worker::{Env, Request, Response, Result, Stub};

/// The name of the one object, as the original has it.
const OBJECT: &str = "federation";

/// What the cron asks for: any request opens the object, which then sees to its alarm.
const ANYTHING: &str = "https://node.invalid/openapi.json";

/// Answers a request from outside.
pub(crate) async fn answer(request: Request, env: &Env) -> Result<Response> {
    let is_head = request.inner().method() == "HEAD";
    let response = object(env)?.fetch_with_request(request).await?;
    let Some(Handed { name, size }) = translate::handed(&response)? else { return Ok(response) };
    let body =
        if is_head { None } else { Some(blobs::stream(&env.bucket(PLUGIN_BUCKET)?, &name, size).await) };
    match body {
        None => translate::with_body(&response, None),
        Some(Ok(body)) => translate::with_body(&response, Some(body)),
        Some(Err(fault)) => {
            let id = response.headers().get("x-request-id")?.unwrap_or_default();
            crate::log(&fault.line(&id));
            let header = |name: &str| response.headers().get(name).ok().flatten();
            translate::write(fedverify_node::Response::without_blob(header), false)
        }
    }
}

/// Wakes the object, should its alarm be lost.
pub(crate) async fn wake(env: &Env) {
    let asked = async { object(env)?.fetch_with_str(ANYTHING).await };
    if let Err(error) = asked.await {
        crate::log(&translate::fault_line("cron", &error));
    }
}

fn object(env: &Env) -> Result<Stub> {
    env.durable_object(FEDERATION)?.id_from_name(OBJECT)?.get_stub()
}
