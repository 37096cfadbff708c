/** /clients.html. Everything that an account says is put in by the scripts, as text. */
export const page = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clients: ThinkGeo Cloud, emulated</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/emulator/console/style.css">
<script type="module" src="/emulator/console/main.js"></script>
</head>
<body>
<header>
  <p class="where">ThinkGeo Cloud, emulated on this machine</p>
  <h1 id="title" tabindex="-1">Clients</h1>
  <p>What you change here is changed behind Pulumi's back: drift, made by hand.
    <code>pulumi preview --refresh</code> finds it, <code>pulumi up --refresh</code> heals it, and this page follows.</p>
</header>
<main>
  <noscript><p class="problem">This page needs JavaScript.</p></noscript>
  <form id="filters" role="search">
    <div><label for="account">Account</label><select id="account"></select></div>
    <div><label for="listed">List</label><select id="listed">
      <option value="all">all clients</option>
      <option value="active">active clients</option>
      <option value="inactive">inactive clients</option>
    </select></div>
    <div><label for="find">Find by name or GUID</label><input id="find" type="search" autocomplete="off" spellcheck="false"></div>
    <button type="button" id="add">Add client</button>
  </form>
  <p id="status" role="status"></p>
  <p id="problem" role="alert" class="problem"></p>
  <table role="table" aria-labelledby="title" aria-describedby="count">
    <thead role="rowgroup"><tr role="row">
      <th role="columnheader" scope="col">Name</th>
      <th role="columnheader" scope="col">Type</th>
      <th role="columnheader" scope="col">Keys</th>
      <th role="columnheader" scope="col">Active</th>
      <th role="columnheader" scope="col">Accepts requests from</th>
      <th role="columnheader" scope="col">Roles</th>
      <th role="columnheader" scope="col">Actions</th>
    </tr></thead>
    <tbody role="rowgroup" id="clients"></tbody>
  </table>
  <p id="count"></p>
</main>
<dialog id="editor" aria-labelledby="editor-title">
  <form method="dialog" id="editor-form">
    <h2 id="editor-title">Edit client</h2>
    <div><label for="name">Name</label><input id="name" required autocomplete="off" spellcheck="false"></div>
    <fieldset><legend>Granted roles</legend><div id="roles"></div></fieldset>
    <div><label for="type">Type</label><select id="type" aria-describedby="type-hint">
      <option>JavaScript</option><option>NativeConfidential</option>
    </select><p class="hint" id="type-hint">It cannot be changed later.</p></div>
    <div><label for="mode">Accept requests only from these</label><select id="mode" aria-describedby="mode-hint">
      <option value="Origin">Origin URIs</option><option value="IpAddress">IP addresses</option>
    </select><p class="hint" id="mode-hint">NativeConfidential clients: IP addresses only.</p></div>
    <div><label for="entries">One a line</label>
      <textarea id="entries" rows="4" spellcheck="false" aria-describedby="entries-hint"></textarea>
      <p class="hint" id="entries-hint">acme.com, *.acme.com, or 203.0.113.7, 203.0.113.*, 203.0.113.0/24. Empty: no restriction. Nothing is checked here.</p></div>
    <div class="check"><input type="checkbox" id="active"><label for="active">Active</label></div>
    <p id="editor-problem" role="alert" class="problem"></p>
    <div class="buttons"><button type="submit" id="save">Save</button>
      <button type="button" id="cancel">Cancel</button></div>
  </form>
</dialog>
<dialog id="confirm" aria-labelledby="confirm-title" aria-describedby="confirm-text">
  <form method="dialog">
    <h2 id="confirm-title">Delete client</h2>
    <p id="confirm-text"></p>
    <div class="buttons"><button value="delete" class="danger">Delete</button>
      <button value="" autofocus>Keep</button></div>
  </form>
</dialog>
</body>
</html>
`;
