import "./app/gambeson-app.ts";
