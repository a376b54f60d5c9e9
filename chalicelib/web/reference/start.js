"use strict";

// Every address is relative: the page does not know where the API is mounted.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  // A key that was typed in is gone when the page is.
  persistAuthorization: false,
  // Or it would ask validator.swagger.io.
  validatorUrl: null,
});
