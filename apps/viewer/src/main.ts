import "./elements/gambeson-run-list.ts";
import "./panels/gambeson-runs-panel.ts";
